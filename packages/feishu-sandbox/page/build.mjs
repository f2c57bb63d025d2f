/** Bundles the page into dist/page: one script, one style sheet, and the chart library, which is loaded when a chart is first seen. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const from = import.meta.dirname;
const to = join(from, '../dist/page');
const vchart = join(
  dirname(createRequire(import.meta.url).resolve('@visactor/vchart/package.json')),
  'build/index.min.js',
);

mkdirSync(to, { recursive: true });
const bundle = await rolldown({
  input: join(from, 'main.tsx'),
  platform: 'browser',
  tsconfig: join(from, 'tsconfig.json'),
});
await bundle.write({ file: join(to, 'page.js'), format: 'esm', minify: true });

// styles/ comes first: the components build on its tokens.
const rank = (sheet) => (sheet.startsWith('styles') ? 0 : 1);
const sheets = readdirSync(from, { recursive: true })
  .filter((file) => file.endsWith('.css'))
  .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
writeFileSync(join(to, 'page.css'), sheets.map((sheet) => readFileSync(join(from, sheet), 'utf8')).join('\n'));
cpSync(join(from, 'index.html'), join(to, 'index.html'));
cpSync(vchart, join(to, 'vchart.js'));
