export { type CardFault, lintCard } from './cards/lint.ts';
export {
  type ChatPage,
  createSandboxClient,
  type MessageFilter,
  type SandboxClient,
  SandboxError,
} from './client.ts';
export type { AppCredentials } from './core/app-config.ts';
export { FAULT_KINDS } from './core/faults.ts';
export { type RunningSandbox, type SandboxOptions, startSandbox } from './start.ts';
export type * from './wire.ts';
