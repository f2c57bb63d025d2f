export {
  type AppView,
  type ChatView,
  type Clicked,
  type ClickInput,
  type ClockState,
  createSandboxClient,
  type DeliveryView,
  type FaultInput,
  type MessageFilter,
  type MessageView,
  type PersonView,
  type Raised,
  type Said,
  type SandboxClient,
  SandboxError,
  type SayInput,
} from './client.ts';
export type { AppCredentials } from './core/app-config.ts';
export { type RunningSandbox, type SandboxOptions, startSandbox } from './start.ts';
export { startSandboxWorker, type WorkerOptions } from './worker.ts';
