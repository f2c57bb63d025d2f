import { createSandboxClient } from '../../src/client.ts';
import { say } from './toast.ts';

export type * from '../../src/client.ts';

/** The control API of the sandbox that served this page; the page talks to nothing else. */
export const sandbox = createSandboxClient(location.origin);

/** Runs what a person asked for; a refusal becomes a toast. True = it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    say('error', error instanceof Error ? error.message : String(error));
    return false;
  }
}

export const fileUrl = (key: string): string => `/sandbox/files/${encodeURIComponent(key)}`;
