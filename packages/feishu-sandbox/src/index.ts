export { createSandboxClient, type SandboxClient } from './client.ts';
export type { AppCredentials } from './core/app-config.ts';
export { type RunningSandbox, type SandboxOptions, startSandbox } from './start.ts';
export { startSandboxWorker, type WorkerOptions } from './worker.ts';
