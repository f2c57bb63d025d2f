import { createSandboxClient, SandboxError } from '../../src/client.ts';
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
    say('error', wordsOf(error));
    return false;
  }
}

const REFUSALS: Readonly<Record<number, string>> = {
  403: '现在说话的人不能这样做',
  404: '找不到了，刷新页面再试',
  408: '等得太久，机器人还没忙完',
  409: '这条消息已撤回，或者不能再这样操作',
  413: '太大了，沙箱收不下',
  422: '还没填好，请看看表单',
};

/** A refusal in plain words, with its number for those who look it up. */
function wordsOf(error: unknown): string {
  if (error instanceof SandboxError) return `${REFUSALS[error.status] ?? '这一步没有做成'}（${error.status}）`;
  return error instanceof TypeError ? '连不上沙箱，它还开着吗' : String(error);
}

export const fileUrl = (key: string): string => `/sandbox/files/${encodeURIComponent(key)}`;
