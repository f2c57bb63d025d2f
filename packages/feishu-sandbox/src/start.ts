import { existsSync } from 'node:fs';
import type { AppCredentials } from './core/app-config.ts';
import { lockData } from './core/data-lock.ts';
import { Sandbox } from './core/sandbox.ts';
import { listen, type RunningServer } from './http/server.ts';
import type { JsonStyle } from './wire.ts';

export interface SandboxOptions {
  /** Path of the world file. */
  world: string;
  /** Where events and callbacks go. */
  webhook: string;
  /** 0, the default, is any free port. */
  port?: number | undefined;
  /** Take the next free port if this one is taken. */
  nextFreePort?: boolean | undefined;
  /** Where the clock begins; a clock stored under `dataDir` wins. */
  now?: string | undefined;
  /** State and clock survive restarts here; without it they end with the sandbox. */
  dataDir?: string | undefined;
  app?: Partial<Omit<AppCredentials, 'tenant_key'>> | undefined;
  tenantKey?: string | undefined;
  /** How events are written; what is stored under `dataDir` stays when this is not given. */
  json?: JsonStyle | undefined;
}

export interface RunningSandbox {
  url: string;
  app: AppCredentials;
  close(): Promise<void>;
}

/** Starts a sandbox in this thread. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  if (!existsSync(options.world)) throw new Error(`there is no world file ${options.world}`);
  const { world, webhook, now, dataDir, tenantKey, json } = options;
  const app = { ...options.app, ...(tenantKey === undefined ? {} : { tenant_key: tenantKey }) };
  const lock = dataDir === undefined ? null : await lockData(dataDir);
  try {
    const sandbox = new Sandbox({ world, webhook, now, dataDir, app });
    if (json !== undefined) sandbox.state.commit({ t: 'app', json });
    const { url, close } = await serve(sandbox, options);
    return { url, app: sandbox.app, close: () => close().finally(() => lock?.release()) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function serve(sandbox: Sandbox, { port = 0, nextFreePort = false }: SandboxOptions): Promise<RunningServer> {
  try {
    const server = await listen(sandbox, port, nextFreePort);
    const close = async (): Promise<void> => {
      sandbox.timeline.close();
      await server.close();
      sandbox.close();
    };
    return { url: server.url, close };
  } catch (error) {
    sandbox.close();
    throw error;
  }
}
