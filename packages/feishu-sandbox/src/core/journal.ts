import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalRecord } from './records.ts';

export interface Journal {
  append(record: JournalRecord): void;
  close(): void;
}

export const noJournal: Journal = { append: () => undefined, close: () => undefined };

/** Append-only JSON lines. A line is handed to the operating system before the call returns, so kill -9 loses nothing. */
export class FileJournal implements Journal {
  #fd: number;

  constructor(file: string) {
    this.#fd = openSync(file, 'a');
  }

  append(record: JournalRecord): void {
    // What ends while the sandbox closes has nobody left to tell.
    if (this.#fd >= 0) writeSync(this.#fd, `${JSON.stringify(record)}\n`);
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }
}

export const journalFile = (dataDir: string): string => join(dataDir, 'sandbox.jsonl');

/** Reads all complete lines. A last line cut off by a crash is removed from the file; any other damage is an error. */
export function readJournal(file: string): JournalRecord[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(file, end);
  return bytes
    .toString('utf8', 0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parseLine(line, index, file));
}

function parseLine(line: string, index: number, file: string): JournalRecord {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    throw new Error(`${file}:${index + 1} is damaged`);
  }
}

/** Replaces the journal by a shorter one with the same meaning. */
export function rewriteJournal(file: string, records: Iterable<JournalRecord>): void {
  const fd = openSync(`${file}.tmp`, 'w');
  try {
    for (const record of records) writeSync(fd, `${JSON.stringify(record)}\n`);
  } finally {
    closeSync(fd);
  }
  renameSync(`${file}.tmp`, file);
}

export function ensureDir(dir: string): void {
  mkdirSync(dir, { recursive: true });
}
