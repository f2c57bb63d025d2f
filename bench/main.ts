import { parseArgs } from 'node:util';
import { ingress } from './ingress/suite.ts';
import { createReport, printMachine, type Suite } from './report.ts';

const suites: Readonly<Record<string, Suite>> = { ingress };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, check: { type: 'boolean', default: false } },
});
const suite = Object.hasOwn(suites, positionals[0] ?? '') ? suites[positionals[0] ?? ''] : undefined;
const seconds = Number(values.seconds);

if (!suite || positionals.length !== 1 || !(seconds > 0)) {
  process.stderr.write(`bench: bench ${Object.keys(suites).join('|')} [--seconds 10] [--check]\n`);
  process.exitCode = 78;
} else {
  const report = createReport();
  printMachine();
  await suite({ seconds, report });
  if (values.check && report.missed.length > 0) process.exitCode = 1;
}
