import { appendFileSync } from 'node:fs';

/** Prints a suite's line at once and, where SOAK_NOTES names a file, keeps its numbers for `npm run soak`. */
export const note = (numbers: Readonly<Record<string, unknown>>, line: string): void => {
  process.stdout.write(`${line}\n`);
  const file = process.env.SOAK_NOTES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(numbers)}\n`);
};
