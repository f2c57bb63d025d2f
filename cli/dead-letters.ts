/** `npm run -s dead -- list | redrive ID`: what the bot gave up on, and another try for it. Texts are never shown. */
import { stopwatch } from '../src/engine/stopwatch.ts';
import { readEnvFile } from '../src/main.ts';
import type { InboxRow, Store } from '../src/ports/store.ts';
import { openStore } from '../src/store/index.ts';

const usage = 'usage: npm run -s dead -- list | redrive ID   (MONGODB_URI says which database)';
const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

const shown = ({ _id, type, lane, messageId, createTime, tries }: InboxRow) => ({
  id: _id,
  type,
  lane,
  messageId,
  at: new Date(createTime).toISOString(),
  tries: tries - 1,
});

const run = async (store: Store, [what, id]: readonly string[]): Promise<number> => {
  if (what === 'list') {
    for (const row of await store.inbox.dead()) print(shown(row));
    return 0;
  }
  const redriven = await store.inbox.redrive(id ?? '');
  print({ id, redriven });
  return redriven ? 0 : 1;
};

const main = async (): Promise<number> => {
  readEnvFile();
  const args = process.argv.slice(2);
  const uri = process.env.MONGODB_URI;
  const known = (args[0] === 'list' && args.length === 1) || (args[0] === 'redrive' && args.length === 2);
  if (!known || !uri) {
    process.stderr.write(`${usage}\n`);
    return 64;
  }
  const store = await openStore({ uri, dbName: 'zhibu', stopwatch });
  return run(store, args).finally(() => store.close());
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`dead: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 75;
  },
);
