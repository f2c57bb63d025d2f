import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The project's sources as text, for tests about the sources themselves. */
export type Source = {
  readonly path: string;
  readonly text: string;
  /** The text without comments, and with the insides of plain strings and templates left alone. */
  readonly code: string;
};

/** What stands for itself is kept, so that a comment's sign inside a string does not begin a comment. */
const tokens = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
export const withoutComments = (text: string): string =>
  text.replace(tokens, (token) => (token.startsWith('/') ? '' : token));

/** Only what the machine does: neither comments nor what stands in quotes. */
export const onlyCode = (text: string): string =>
  text.replace(tokens, (token) => (token.startsWith('/') ? '' : `${token[0]}${token[0]}`));

export const source = (path: string, text: string): Source => ({ path, text, code: withoutComments(text) });

export const readSources = (...roots: readonly string[]): readonly Source[] =>
  roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/(?:^|\/)(?:node_modules|dist)\//.test(file))
      .sort()
      .map((file) => source(join(root, file), readFileSync(join(root, file), 'utf8'))),
  );

const statement = /^\s*(?:import|export)\b[^'"`;]*?from\s*(['"])([^'"]+)\1|^\s*import\s*(['"])([^'"]+)\3/gm;
const call = /\b(?:import|require)\(\s*(['"])([^'"]+)\1/g;

/** Every module a file names: `import … from`, `export … from`, `import '…'`, `import('…')`, `require('…')`. */
export const importsOf = ({ code }: Source): readonly string[] => [
  ...[...code.matchAll(statement)].flatMap((match) => match[2] ?? match[4] ?? []),
  ...[...code.matchAll(call)].flatMap((match) => match[2] ?? []),
];

/** A relative import as a path from the project's root; a package's name as it is. */
export const target = (path: string, specifier: string): string =>
  specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
