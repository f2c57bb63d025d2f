/** Colours of the series, by `color_theme`; each stands out from a white and from a dark card. */
const PALETTES: Readonly<Record<string, readonly string[]>> = {
  brand: ['#3370ff', '#25b2d8', '#2dbe9e', '#7b67ee', '#f5a21b', '#5c92f5', '#8bb42d', '#d95fb0'],
  rainbow: ['#e5484d', '#f0831e', '#d9a900', '#5fae32', '#12a594', '#2f86eb', '#6e5bdb', '#c2459d'],
  complementary: ['#3370ff', '#f0831e', '#12a594', '#e5484d', '#7b67ee', '#d9a900', '#25b2d8', '#c2459d'],
  converse: ['#e5484d', '#2f86eb', '#d9a900', '#7b67ee', '#2dbe9e', '#f0831e', '#c2459d', '#5fae32'],
  primary: ['#3370ff', '#6b98ff', '#1f54cc', '#94b4ff', '#4d7fe0', '#1f6fa8', '#7fa8c9', '#5c74b8'],
};

export const paletteOf = (theme: unknown): readonly string[] =>
  (typeof theme === 'string' ? PALETTES[theme] : undefined) ?? PALETTES.brand ?? [];
