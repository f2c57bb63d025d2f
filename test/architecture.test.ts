import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { jobs } from '../jobs/index.ts';
import { importsOf, onlyCode, readSources, type Source, source, target } from './support/source.ts';

const sources = readSources('src', 'commands', 'jobs', 'local', 'cli', 'fixtures', 'packages');
const production = sources.filter(({ path }) => !/^packages\/[^/]+\/test\//.test(path));

/** A room of the house (design §4) by a file's path. */
const roomOf = (path: string): string => {
  const [root = '', second = '', third = ''] = path.split('/');
  if (root === 'packages') return `packages/${second}`;
  if (root !== 'src') return root;
  if (path === 'src/main.ts' || path === 'src/bot.ts') return 'main';
  if (path.startsWith('src/feishu/ingress/')) return 'feishu/ingress';
  return third === '' ? basename(second, '.ts') : second;
};

const srcRooms = [
  'domain',
  'ports',
  'errors',
  'config',
  'calendar',
  'policies',
  'cards',
  'documents',
  'store',
  'feishu',
  'feishu/ingress',
  'router',
  'engine',
  'kit',
  'web',
  'main',
];
/** Which rooms a room may know besides itself: the edges of design §4. */
const edges: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain'],
  errors: ['domain'],
  config: [],
  calendar: ['domain'],
  policies: ['domain'],
  cards: ['domain'],
  documents: ['domain'],
  store: ['ports', 'domain', 'errors'],
  feishu: ['ports', 'domain', 'errors', 'feishu/ingress'],
  'feishu/ingress': ['ports', 'domain', 'errors', 'feishu'],
  router: ['ports', 'domain', 'cards', 'errors'],
  engine: ['ports', 'domain', 'cards', 'errors'],
  kit: ['router', 'engine', 'cards', 'domain', 'ports'],
  commands: ['kit'],
  jobs: ['kit'],
  web: ['ports', 'errors', 'feishu/ingress'],
  main: [...srcRooms, 'commands', 'jobs'],
  local: [...srcRooms, 'fixtures', 'embedded-mongodb', 'feishu-sandbox'],
  cli: [...srcRooms, 'commands', 'jobs', 'local', 'fixtures', 'embedded-mongodb', 'feishu-sandbox'],
  fixtures: ['domain', 'calendar', 'commands'],
};

/** Packages that belong to certain places only. */
const reserved: readonly (readonly [RegExp, (path: string) => boolean])[] = [
  [/^mongoose$/, (path) => path.startsWith('src/store/')],
  [/^@larksuiteoapi\//, (path) => path === 'src/feishu/sdk.ts'],
  [/^(?:koa|@koa\/)/, (path) => path.startsWith('src/web/') || path.startsWith('packages/feishu-sandbox/')],
  [/^node-cron$/, (path) => path.startsWith('src/engine/jobs/') || path === 'src/main.ts'],
];

const outside = (path: string, name: string): boolean => {
  const room = roomOf(path);
  if (name.startsWith('embedded-mongodb') || name.startsWith('feishu-sandbox'))
    return !edges[room]?.includes(name.split('/')[0] ?? '');
  return reserved.some(([pattern, allowed]) => pattern.test(name) && !allowed(path));
};

const forbidden = (file: Source): readonly string[] =>
  importsOf(file).flatMap((specifier) => {
    const to = target(file.path, specifier);
    const [from, room] = [roomOf(file.path), roomOf(to)];
    const bad = specifier.startsWith('.')
      ? room !== from && !edges[from]?.includes(room)
      : outside(file.path, specifier);
    return bad ? [`${file.path} → ${to}`] : [];
  });

const having = (files: readonly Source[], pattern: RegExp, textOf = (file: Source) => onlyCode(file.text)) =>
  files.flatMap((file) => [...textOf(file).matchAll(pattern)].map((match) => `${file.path}: ${match[0].trim()}`));

describe('the edges of design §4', () => {
  it('hold in every file', () => {
    expect(production.length).toBeGreaterThan(150);
    expect(production.flatMap(forbidden)).toEqual([]);
  });
  it('are known for every room there is', () => {
    const rooms = new Set(production.map(({ path }) => roomOf(path)).filter((room) => !room.startsWith('packages/')));
    expect([...rooms].filter((room) => edges[room] === undefined)).toEqual([]);
  });
  it.each([
    ['src/domain/x.ts', "import { z } from '../store/rows.ts';"],
    ['src/domain/duty/x.ts', "import type { Store } from '../../ports/store.ts';"],
    ['src/router/x.ts', "import mongoose from 'mongoose';"],
    ['src/engine/x.ts', "export { createRegistry } from '../router/registry.ts';"],
    ['src/store/x.ts', "const sdk = await import('../feishu/sdk.ts');"],
    ['src/web/x.ts', "import {\n  type Store,\n  other,\n} from '../store/index.ts';"],
    ['src/feishu/client.ts', "const lark = require('@larksuiteoapi/node-sdk');"],
    ['commands/x.ts', "import { createRegistry } from '../src/router/registry.ts';"],
    ['jobs/x.ts', "import '../src/engine/remind.ts';"],
    ['packages/feishu-sandbox/src/x.ts', "import { kinds } from '../../../src/domain/record/kinds.ts';"],
    ['packages/embedded-mongodb/src/x.ts', "import { sandbox } from 'feishu-sandbox';"],
    ['fixtures/x.ts', "export * from '../src/store/rows.ts';"],
  ])('would be broken by %s: %s', (path, text) => {
    expect(forbidden(source(path, text))).toHaveLength(1);
  });
  it('are not broken by what only looks like an import', () => {
    const text =
      "// import x from '../store/x.ts'\n/* from '../store/x.ts' */\nconst a = 'see // there';\nimport 'node:fs';";
    expect(importsOf(source('src/domain/x.ts', text))).toEqual(['node:fs']);
  });
});

describe('the domain', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|\basync\b|\bawait\b|\bPromise\b|\bfetch\(|\bsetTimeout\b/g;
  const domain = sources.filter(({ path }) => path.startsWith('src/domain/'));
  it('knows no clock, chance, process or waiting', () => {
    expect(domain.length).toBeGreaterThan(30);
    expect(having(domain, impure)).toEqual([]);
    expect(domain.filter((file) => importsOf(file).some((name) => name.startsWith('node:')))).toEqual([]);
  });
  it('is caught when it does', () => {
    const text =
      'const a = Date.now();\nconst b = new Date( );\nexport const c = async () => Math.random(); // process.env\n';
    expect(having([source('src/domain/x.ts', text)], impure)).toHaveLength(4);
  });
});

describe('the environment', () => {
  it('is read where a process starts and nowhere else', () => {
    const starts = ['src/main.ts', 'local/main.ts', 'cli/', 'packages/'];
    const readers = production.filter(({ text }) => /\bprocess\.(?:env|loadEnvFile)\b/.test(onlyCode(text)));
    expect(readers.map(({ path }) => path).filter((path) => !starts.some((start) => path.startsWith(start)))).toEqual(
      [],
    );
    expect(readers.some(({ path }) => path.startsWith('packages/'))).toBe(false);
  });
});

describe('commands and jobs', () => {
  const named = (room: string) =>
    sources.flatMap(({ path }) =>
      path.startsWith(`${room}/`) && path !== `${room}/index.ts` ? [basename(path, '.ts')] : [],
    );
  it('are called like their files, and all of them are listed', () => {
    expect(commands.map(({ name }) => name).sort()).toEqual(named('commands').sort());
    expect(jobs.map(({ name }) => name).sort()).toEqual(named('jobs').sort());
  });
  it('are declared in the file of their name', () => {
    const declared = having(
      sources.filter(({ path }) => /^(?:commands|jobs)\/(?!index)/.test(path)),
      /^ {2}name: '([a-z-]+)',$/gm,
      ({ text }) => text,
    );
    expect(declared).toEqual(
      [
        ...named('commands').map((name) => `commands/${name}.ts`),
        ...named('jobs').map((name) => `jobs/${name}.ts`),
      ].map((path) => `${path}: name: '${basename(path, '.ts')}',`),
    );
  });
});

describe('the store', () => {
  const write = 'updateOne|updateMany|insertOne|insertMany|replaceOne|deleteOne|deleteMany|bulkWrite|create|save';
  /** A read, then a write in the same function: between the two the row may change. */
  const findThenWrite = new RegExp(
    `\\.(?:find|findOne|countDocuments|distinct)\\((?:(?!=>)[\\s\\S])*?\\.(?:${write})\\(`,
    'g',
  );
  const store = sources.filter(({ path }) => path.startsWith('src/store/'));
  it('never reads a row and then writes what it read', () => {
    expect(having(store, findThenWrite)).toEqual([]);
    expect(having(store, /\.save\(|\.markModified\(/g)).toEqual([]);
  });
  it('is caught when it does', () => {
    const text = "const row = await rows.findOne({ _id: 'a' });\nif (row) await rows.updateOne({ _id: 'a' }, row);";
    expect(having([source('src/store/x.ts', text)], findThenWrite)).toHaveLength(1);
  });
});

describe('the types', () => {
  /** Where something without a type becomes something with one: driver, SDK, sockets, parsed text. */
  const mayAssert = [
    'src/store/',
    'src/feishu/sdk.ts',
    'src/bot.ts',
    'fixtures/college.ts',
    'src/domain/record/row.ts',
    'src/domain/record/record.ts',
    'src/domain/utterance/draft.ts',
    'packages/',
  ];
  const assertion = /\bas (?!const\b)(?=[A-Za-z({[])/g;
  /** `import x as y` renames, it asserts nothing. */
  const asserting = ({ text }: Source) => onlyCode(text).replace(/^(?:import|export)\b[^;]*;/gm, '');
  it('are never switched off', () => {
    expect(having(production, /(?::|<|\bas|\|)\s*any\b/g)).toEqual([]);
    expect(having(production, /@ts-(?:ignore|expect-error|nocheck)/g, ({ text }) => text)).toEqual([]);
  });
  it('are asserted only at the edges', () => {
    const inside = production.filter(({ path }) => !mayAssert.some((edge) => path.startsWith(edge)));
    expect(having(inside, assertion, asserting)).toEqual([]);
  });
});

describe('the files', () => {
  it('are short enough to be read', () => {
    const long = [...production, ...readSources('bench')].filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
