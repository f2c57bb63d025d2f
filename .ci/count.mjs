/** Adds up vitest's JSON reports: names what was skipped, and says the counts on the last line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...failedSteps] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
const tests = reports.flatMap((report) =>
  report.testResults.flatMap((file) => {
    const own = file.assertionResults.map((test) => ({ status: test.status, name: `${file.name}: ${test.fullName}` }));
    const brokenFile = file.status === 'failed' && own.every((test) => test.status !== 'failed');
    return brokenFile ? [...own, { status: 'failed', name: `${file.name}: ${file.message}` }] : own;
  }),
);
const of = (...statuses) => tests.filter((test) => statuses.includes(test.status));
const passed = of('passed');
const failed = of('failed');
const skipped = of('skipped', 'pending', 'todo', 'disabled');

for (const { name } of skipped) console.log(`skipped: ${name}`);
for (const { name } of failed) console.log(`failed: ${name}`);
for (const step of failedSteps) console.log(`failed step: ${step}`);
/** A step that failed without a failed test of its own still counts. */
const total = Math.max(failed.length, failedSteps.length);
console.log(`${passed.length} passed, ${total} failed, ${skipped.length} skipped`);
process.exitCode = total === 0 && passed.length > 0 ? 0 : 1;
