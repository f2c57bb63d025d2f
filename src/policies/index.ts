/** Loads a policy pack; a fault is told with its line and column, as a person would look for it. */
import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { PolicyPack } from '../domain/duty/types.ts';
import { kinds as recordKinds } from '../domain/record/kinds.ts';
import { packSchema } from './schema.ts';

export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};
export type LoadedPack =
  | { readonly ok: true; readonly pack: PolicyPack }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A fault at an offset of the file's text. */
type Found = { readonly offset: number; readonly message: string };

const knownKinds: ReadonlySet<string> = new Set(recordKinds.map((kind) => kind.code));
const inChinese = z.locales.zhCN().localeError;

/** Where a value stands, or, when it is missing, the nearest thing around it. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number => {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
};

/** Where a key stands in the map at a path. */
const keyOffset = (document: Document, path: readonly PropertyKey[], key: string): number => {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
  return isScalar(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path);
};

const foundIn = (document: Document, issue: z.core.$ZodIssue): Found[] => {
  if (issue.code !== 'unrecognized_keys') {
    const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}：` : '';
    return [{ offset: offsetOf(document, issue.path), message: `${where}${issue.message}` }];
  }
  return issue.keys.map((key) => ({ offset: keyOffset(document, issue.path, key), message: `不认识的键 ${key}` }));
};

/** The document as plain data; aliases beyond reason make the library throw. */
const plainOf = (document: Document): { value: unknown } | Found => {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { offset: 0, message: error instanceof Error ? error.message : String(error) };
  }
};

const check = (document: Document, kinds: ReadonlySet<string>): PolicyPack | Found[] => {
  const plain = plainOf(document);
  if ('offset' in plain) return [plain];
  const parsed = packSchema(kinds).safeParse(plain.value, { error: inChinese });
  return parsed.success ? parsed.data : parsed.error.issues.flatMap((issue) => foundIn(document, issue));
};

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Checks a pack given as text; `file` only names it in the problems. */
export const parsePack = (text: string, file: string, kinds: ReadonlySet<string> = knownKinds): LoadedPack => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map((error) => ({ offset: error.pos[0], message: error.message }));
  const outcome = broken.length > 0 ? broken : check(document, kinds);
  if (!Array.isArray(outcome)) return { ok: true, pack: outcome };
  const problems = outcome.map(({ offset, message }) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  });
  return { ok: false, problems };
};

export const loadPack = (file: string, kinds?: ReadonlySet<string>): LoadedPack => {
  const text = readText(file);
  if (text === null) return { ok: false, problems: [{ file, line: 1, column: 1, message: '读不到这个文件' }] };
  return parsePack(text, file, kinds);
};
