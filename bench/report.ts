import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

export type Result = {
  readonly suite: string;
  readonly case: string;
  readonly unit: 'req/s' | 'ops/s' | 'ms' | 'MB';
  readonly value: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly errors: number;
  readonly rounds: readonly number[];
};

export type Ratio = {
  readonly suite: string;
  readonly name: string;
  readonly value: number;
  readonly goal: number;
  readonly op: '>=' | '<=';
};

/** Where a suite's lines go: results for reading, ratios for judging. */
export type Report = { result(result: Result): void; ratio(ratio: Ratio): void };

export type Suite = (options: { readonly seconds: number; readonly report: Report }) => Promise<void>;

/** JSON lines on stdout; `missed` are the ratios that did not reach their goal. */
export function createReport(): Report & { readonly missed: string[] } {
  const missed: string[] = [];
  return {
    missed,
    result: (result) => print({ type: 'result', ...result }),
    ratio(ratio) {
      const ok = ratio.op === '>=' ? ratio.value >= ratio.goal : ratio.value <= ratio.goal;
      if (!ok) missed.push(ratio.name);
      print({ type: 'ratio', ...ratio, ok });
    },
  };
}

export function printMachine(): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const cores = cpus();
  print({ type: 'machine', node: process.version, cpu: cores[0]?.model ?? 'unknown', cores: cores.length, commit });
}

/** The smallest value that the share `q` of all does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN);
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
