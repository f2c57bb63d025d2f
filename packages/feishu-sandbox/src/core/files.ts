import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomHex } from './ids.ts';
import { ensureDir } from './journal.ts';
import type { StoredFile } from './records.ts';
import type { State } from './state.ts';

/** Uploaded bytes lie on the disk, never in memory: under the data directory, else in a folder that goes with us. */
export class Files {
  #dir: string | null = null;
  readonly #dataDir: string | undefined;
  readonly #state: State;

  constructor(state: State, dataDir: string | undefined) {
    this.#state = state;
    this.#dataDir = dataDir;
  }

  async add(kind: StoredFile['kind'], name: string, bytes: Buffer, by: string, type?: string): Promise<StoredFile> {
    const key = `${kind === 'image' ? 'img_v3_' : 'file_v3_'}${randomHex(32)}`;
    const path = join(this.#folder(), key);
    await writeFile(`${path}.tmp`, bytes);
    await rename(`${path}.tmp`, path);
    const file: StoredFile = { key, name, size: bytes.length, kind, by, ...(type === undefined ? {} : { type }) };
    this.#state.commit({ t: 'file', file });
    return file;
  }

  get(key: string): StoredFile | undefined {
    return this.#state.files.get(key);
  }

  read(file: StoredFile): Promise<Buffer> {
    return readFile(join(this.#folder(), file.key));
  }

  #folder(): string {
    this.#dir ??= this.#makeFolder();
    return this.#dir;
  }

  #makeFolder(): string {
    if (this.#dataDir === undefined) return mkdtempSync(join(tmpdir(), 'feishu-sandbox-'));
    const dir = join(this.#dataDir, 'sandbox-files');
    ensureDir(dir);
    return dir;
  }

  close(): void {
    if (this.#dataDir === undefined && this.#dir !== null) rmSync(this.#dir, { recursive: true, force: true });
  }
}

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
export const contentTypeOf = (name: string): string => TYPES[extensionOf(name)] ?? 'application/octet-stream';
