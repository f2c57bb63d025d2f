import type { CardAction } from '../cards/scope.ts';
import { attempt, type Clicked, type MessageView, sandbox } from '../core/sandbox.ts';
import { speakerKey } from '../core/state.ts';
import { say, type Toast } from '../core/toast.ts';

/** What the client shows to the person who clicked when the bot's answer is of no use. */
const REASONS: Readonly<Record<number, string>> = {
  200340: '回调地址没有填或无效',
  200341: '超时无应答',
  200342: '连接失败',
  200343: '域名解析失败',
  200530: '表单里有组件没有名字',
  200671: 'HTTP 状态码不是 200',
  200672: '应答格式不对',
  200673: '返回的卡片无效',
  200830: '2.0 卡片不能换成 1.0',
};

const TOASTS: Readonly<Record<string, Toast['type']>> = {
  success: 'success',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

export function failureText(code: number): string {
  const reason = REASONS[code];
  return `出错了，请稍后重试 code：${code}${reason === undefined ? '' : `（${reason}）`}`;
}

/** The speaker uses a component of a card: sends it to the bot and shows the answer. */
export async function clickCard({ message_id }: MessageView, action: CardAction): Promise<void> {
  const as = speakerKey.value;
  if (as === null) return;
  await attempt(async () => showAnswer(await sandbox.click({ ...action, message_id, as })));
}

function showAnswer({ code, toast, url }: Clicked): void {
  if (code !== null) say('error', failureText(code));
  else if (toast) say(TOASTS[toast.type] ?? 'info', toast.content);
  if (url !== null && /^https?:\/\//i.test(url)) open(url, '_blank', 'noopener,noreferrer');
}
