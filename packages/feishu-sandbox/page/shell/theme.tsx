import { useState } from 'preact/hooks';
import { IconButton } from '../ui/icon.tsx';

const KEY = 'colour-scheme';
const SCHEMES = ['light dark', 'light', 'dark'] as const;
const LABELS = { 'light dark': '颜色：跟随系统', light: '颜色：浅色', dark: '颜色：深色' } as const;
type Scheme = (typeof SCHEMES)[number];

const stored = (): Scheme => SCHEMES.find((scheme) => scheme === localStorage.getItem(KEY)) ?? 'light dark';
const apply = (scheme: Scheme): void => document.documentElement.style.setProperty('color-scheme', scheme);

/** Light, dark, or as the system has it; remembered in this browser. */
export function ThemeButton() {
  const [scheme, setScheme] = useState(stored);
  apply(scheme);
  const next = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? 'light dark';
  const change = (): void => {
    localStorage.setItem(KEY, next);
    setScheme(next);
  };
  return <IconButton icon="theme" label={LABELS[scheme]} onClick={change} />;
}
