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

/** "出错了，请稍后重试 code：200341（超时无应答）" */
export function failureText(code: number): string {
  const reason = REASONS[code];
  return `出错了，请稍后重试 code：${code}${reason === undefined ? '' : `（${reason}）`}`;
}
