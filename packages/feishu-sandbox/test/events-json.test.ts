import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandboxClient } from '../src/client.ts';
import { startSandbox } from '../src/start.ts';
import { WORLD } from './helpers.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const webhook = 'http://127.0.0.1:9/none';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

test('--spaced-json is kept with the state, until it is changed', async () => {
  const child = spawn(process.execPath, [CLI, '--world', WORLD, '--webhook', webhook, '--data', data, '--spaced-json']);
  const [ready] = (await once(child.stdout, 'data')) as [Buffer];
  const url = String(ready).trim().split(' ').at(-1) ?? '';
  expect(await createSandboxClient(url).app()).toMatchObject({ json: 'spaced', group_messages: 'mention' });
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  for (const json of ['spaced', 'compact'] as const) {
    const sandbox = await startSandbox({ world: WORLD, webhook, dataDir: data });
    const control = createSandboxClient(sandbox.url);
    expect(await control.app()).toMatchObject({ json });
    await control.patchApp({ json: 'compact' });
    await sandbox.close();
  }
});
