import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { randomHex } from './ids.ts';
import { ensureDir } from './journal.ts';

const credentialsSchema = z.object({
  app_id: z.string().min(1),
  app_secret: z.string().min(1),
  encrypt_key: z.string().min(1),
  verification_token: z.string().min(1),
  tenant_key: z.string().min(1),
});

export type AppCredentials = z.infer<typeof credentialsSchema>;

const generate = (): AppCredentials => ({
  app_id: `cli_${randomHex(16)}`,
  app_secret: randomHex(32),
  encrypt_key: randomHex(32),
  verification_token: randomHex(32),
  tenant_key: randomHex(16),
});

/** What was given wins over what was stored, that over something new. With a data directory the result is stored. */
export function loadCredentials(given: Partial<AppCredentials>, dataDir: string | undefined): AppCredentials {
  const file = dataDir === undefined ? null : join(dataDir, 'sandbox.json');
  const stored =
    file !== null && existsSync(file) ? credentialsSchema.partial().parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const credentials = credentialsSchema.parse({ ...generate(), ...stored, ...withoutUndefined(given) });
  if (file !== null && dataDir !== undefined) {
    ensureDir(dataDir);
    writeFileSync(`${file}.tmp`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  }
  return credentials;
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
