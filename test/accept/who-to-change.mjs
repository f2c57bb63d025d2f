/** Point 8: following only ARCHITECTURE.md, adds a command, a job, a kind of record and a policy in a copy of HEAD. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { additions } from './additions.mjs';
import { startAll } from './start-all.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'zhibu-change-'));
const copy = join(folder, 'zhibu');
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
const run = (file, ...args) =>
  execFileSync(file, args, { cwd: copy, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const git = (...args) => run('git', '-c', 'user.name=accept', '-c', 'user.email=accept@localhost', ...args);
const read = (path) => readFileSync(join(copy, path), 'utf8');

/** The installed packages are shared; the workspace's own packages are the copy's. */
const linkPackages = () => {
  const own = readdirSync(join(copy, 'packages'));
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '.vite' || name === '.vite-temp' || name === '.cache') continue;
    const from = own.includes(name) ? join(copy, 'packages', name) : join(root, 'node_modules', name);
    symlinkSync(from, join(copy, 'node_modules', name));
  }
};

/** The files that the page names in the row for what is to be added. */
const namedFiles = (what, name) => {
  const row = read('ARCHITECTURE.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${what}`));
  if (!row) throw new Error(`ARCHITECTURE.md does not say where to add ${what}`);
  const paths = [...row.matchAll(/`([\w./<>-]+\.(?:ts|yaml))`/g)].map(([, path]) => path.replace('<name>', name));
  return [...new Set(paths)];
};

const put = (path, text) => {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
};

/** Does what one row says; answers which files that touched. */
const add = ({ what, name, edits }) => {
  const named = namedFiles(what, name);
  for (const { path, text } of edits(read)) put(path, text);
  const touched = git('status', '--porcelain', '--untracked-files=all')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3));
  for (const path of touched) if (!named.includes(path)) throw new Error(`${what}: ${path} is not in ARCHITECTURE.md`);
  if (touched.length === 0 || touched.length > 2) throw new Error(`${what}: ${touched.length} files touched`);
  git('add', '--all');
  git('commit', '--quiet', '--message', `Add ${what}`);
  console.log(`${what}: ${touched.join(', ')}`);
};

try {
  execFileSync('git', ['clone', '--quiet', root, copy]);
  linkPackages();
  const before = git('rev-parse', 'HEAD').trim();
  for (const addition of additions) add(addition);
  run(process.execPath, 'node_modules/typescript/bin/tsc', '-b');
  await startAll(copy, async (zhibu) => {
    for (const { what, works } of additions) {
      if (!(await works(zhibu))) throw new Error(`${what} was added but does not work`);
      console.log(`${what}: works`);
    }
  });
  run('npm', 'run', '-s', 'check');
  console.log('npm run check: ok');
  git('reset', '--quiet', '--hard', before);
  if (git('status', '--porcelain') !== '') throw new Error('it could not be taken back');
  console.log('who-to-change: ok');
} catch (error) {
  console.log(`who-to-change: not ok: ${error.message}`);
  for (const part of [error.stdout, error.stderr]) if (part) console.log(String(part).slice(-1_500));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
