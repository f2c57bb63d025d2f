#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startSandbox } from './start.ts';

const USAGE =
  'feishu-sandbox [--port 0] --world FILE --webhook URL [--now ISO] [--data DIR] [--next-free-port] [--spaced-json] [--app-id … --app-secret … --encrypt-key … --verification-token … --tenant-key …]';
const text = { type: 'string' } as const;

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: text,
      world: text,
      webhook: text,
      now: text,
      data: text,
      'next-free-port': { type: 'boolean' },
      'spaced-json': { type: 'boolean' },
      'app-id': text,
      'app-secret': text,
      'encrypt-key': text,
      'verification-token': text,
      'tenant-key': text,
    },
  });
  const { world, webhook, port = '0' } = values;
  if (world === undefined || webhook === undefined) throw new Error(`--world and --webhook are needed\n${USAGE}`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`--port ${port} is no port`);
  const app = {
    app_id: values['app-id'],
    app_secret: values['app-secret'],
    encrypt_key: values['encrypt-key'],
    verification_token: values['verification-token'],
  };
  const given = Object.fromEntries(Object.entries(app).filter(([, value]) => value !== undefined));
  const place = { port: Number(port), nextFreePort: values['next-free-port'] };
  return {
    world,
    webhook,
    ...place,
    now: values.now,
    dataDir: values.data,
    tenantKey: values['tenant-key'],
    json: values['spaced-json'] ? ('spaced' as const) : undefined,
    app: given,
  };
}

try {
  const sandbox = await startSandbox(readArguments());
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`sandbox ready ${sandbox.url}\n`);
} catch (error) {
  process.stderr.write(`feishu-sandbox: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 78;
}
