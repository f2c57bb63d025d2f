import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts the whole of one tree on free ports and hands over what it takes to talk to it; ends it afterwards. */
export const startAll = async (tree, work) => {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-all-'));
  const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', SANDBOX_PORT: '0', LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, ['dist/local/main.js'], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, SANDBOX_NOW: '2026-11-20T10:00:00+08:00' },
  });
  let output = '';
  const gone = new Promise((done) => child.once('exit', done));
  const url = new Promise((done, fail) => {
    const take = (chunk) => {
      output += chunk;
      if (output.includes('bot ready')) done(/sandbox ready (\S+)/.exec(output)[1]);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', () => fail(new Error(`the bot ended:\n${output}`)));
  });
  const call = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${await url}/sandbox${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const settle = () => call('POST', '/settle', { timeout_ms: 20_000 });
  try {
    await url;
    await settle();
    return await work({
      url: await url,
      call,
      settle,
      output: () => output,
      advance: (advance) => call('POST', '/clock', { advance }),
      /** What the bot answers in the private chat, every visible line of it. */
      say: async (as, text) => {
        const { message_id } = await call('POST', '/say', { as, text });
        await settle();
        const { items } = await call('GET', '/messages?from=bot');
        return items
          .filter((message) => message.reply_to === message_id)
          .map((message) => message.text)
          .join('\n');
      },
    });
  } finally {
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
};
