export {
  type ChatPage,
  createSandboxClient,
  type MessageFilter,
  type SandboxClient,
  SandboxError,
} from './client.ts';
export type { AppCredentials } from './core/app-config.ts';
export { type RunningSandbox, type SandboxOptions, startSandbox } from './start.ts';
export type * from './wire.ts';
export { startSandboxWorker, type WorkerOptions } from './worker.ts';
