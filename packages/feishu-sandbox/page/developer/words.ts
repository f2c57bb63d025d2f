import { patternOf } from './paths.ts';

/** Event types in the words of somebody who uses the client. */
const EVENTS: Readonly<Record<string, string>> = {
  'im.message.receive_v1': '收到消息',
  'im.message.recalled_v1': '消息撤回',
  'im.message.message_read_v1': '消息已读',
  'im.message.reaction.created_v1': '添加表情',
  'im.message.reaction.deleted_v1': '取消表情',
  'im.chat.access_event.bot_p2p_chat_entered_v1': '打开私聊',
  'im.chat.member.user.added_v1': '成员进群',
  'im.chat.member.user.deleted_v1': '成员出群',
  'im.chat.member.user.withdrawn_v1': '撤销拉人进群',
  'im.chat.member.bot.added_v1': '机器人进群',
  'im.chat.member.bot.deleted_v1': '机器人出群',
  'im.chat.updated_v1': '群信息变更',
  'im.chat.disbanded_v1': '群解散',
  'card.action.trigger': '点击卡片',
  'application.bot.menu_v6': '点击菜单',
};

export const eventWords = (type: string): string => EVENTS[type] ?? '事件';

/** Calls in words, by method and pattern of the path below /open-apis. */
const CALLS: Readonly<Record<string, string>> = {
  'POST /auth/v3/tenant_access_token/internal': '取令牌',
  'POST /im/v1/messages': '发消息',
  'GET /im/v1/messages': '读聊天记录',
  'GET /im/v1/messages/:id': '读消息',
  'PATCH /im/v1/messages/:id': '更新卡片',
  'PUT /im/v1/messages/:id': '编辑消息',
  'DELETE /im/v1/messages/:id': '撤回消息',
  'POST /im/v1/messages/:id/reply': '回复消息',
  'POST /im/v1/messages/:id/forward': '转发消息',
  'GET /im/v1/messages/:id/read_users': '查已读',
  'PATCH /im/v1/messages/:id/urgent_app': '加急',
  'GET /im/v1/messages/:id/resources/:id': '下载附件',
  'POST /im/v1/messages/:id/reactions': '添加表情',
  'GET /im/v1/messages/:id/reactions': '读表情',
  'DELETE /im/v1/messages/:id/reactions/:id': '取消表情',
  'POST /im/v1/images': '上传图片',
  'GET /im/v1/images/:id': '下载图片',
  'POST /im/v1/files': '上传文件',
  'GET /im/v1/files/:id': '下载文件',
  'GET /im/v1/chats': '列出群',
  'GET /im/v1/chats/:id': '读群信息',
  'GET /im/v1/chats/:id/members': '读群成员',
  'GET /im/v1/chats/:id/members/is_in_chat': '查在不在群',
  'GET /contact/v3/users/:id': '读用户',
  'GET /contact/v3/users/batch': '读多个用户',
  'POST /contact/v3/users/batch_get_id': '查用户编号',
  'GET /bot/v3/info': '读机器人信息',
  'POST /interactive/v1/card/update': '延时更新卡片',
  'POST /calendar/v4/calendars/:id/events': '建日程',
  'POST /calendar/v4/calendars/:id/events/:id/attendees': '加日程参与人',
  'POST /vc/v1/reserves/apply': '约会议',
};

export const callWords = (method: string, path: string): string =>
  CALLS[`${method} ${patternOf(path).replace('/open-apis', '')}`] ?? '调用';

/** Business codes of the open platform: what went wrong, and what to do. */
const CODES: Readonly<Record<number, readonly [meaning: string, advice: string]>> = {
  0: ['成功', ''],
  404: ['没有这个路径', '核对方法和路径；真实平台可能有，这里没有仿'],
  9499: ['请求不是JSON', '检查请求正文'],
  10014: ['应用不可用', '核对app_id'],
  10015: ['app_secret不对', '核对应用凭证'],
  99991400: ['调用太频繁', '按x-ogw-ratelimit-reset的秒数等一等再试'],
  99991401: ['来源IP不在白名单', '在开放平台后台加白名单'],
  99991661: ['没带令牌', '加上Authorization: Bearer t-…'],
  99991663: ['令牌无效或过期', '丢掉缓存的令牌，重取后再试一次'],
  99991664: ['应用令牌无效', '重取令牌'],
  99991668: ['用户令牌无效', '重新授权'],
  99991671: ['令牌格式不对', '令牌以t-或u-开头'],
  99991672: ['应用没有权限', '在开放平台后台开通权限'],
  99991677: ['用户令牌过期', '刷新令牌'],
  99991679: ['用户没有授权', '请用户重新授权'],
  99992351: ['编号不存在', '核对编号'],
  99992361: ['编号属于别的应用', 'open_id只在本应用里有效'],
  99992402: ['字段校验不过', '看error.field_violations'],
  200340: ['没有配置回调地址', '检查回调地址'],
  200341: ['回调超时', '在3秒内回应'],
  200342: ['回调连不上', '检查服务是否在运行'],
  200343: ['回调域名解析失败', '检查回调地址'],
  200530: ['表单里有组件没有name', '给每个组件起名'],
  200671: ['回调的HTTP状态不是200', '处理完一律回200'],
  200672: ['回调的回应格式不对', '回应{}、toast或card'],
  200673: ['回调回应的卡片无效', '检查卡片JSON'],
  200830: ['2.0的卡片不能换成1.0', '回应2.0的卡片'],
  230001: ['参数无效', '检查参数，content是JSON字符串'],
  230002: ['机器人不在群里', '不要再往这个群发'],
  230006: ['没有开启机器人能力', '在开放平台后台开启'],
  230009: ['超过可撤回的时间', '不必再试'],
  230011: ['消息已撤回', '不必再试'],
  230012: ['不是发送者', '只能改自己发的消息'],
  230013: ['用户不在可用范围', '扩大应用的可用范围'],
  230015: ['群设置不允许', '请群主调整'],
  230017: ['图片或卡片不是本应用的', '重新上传'],
  230018: ['没有发言权限', '请群主调整'],
  230019: ['话题不存在', '核对thread_id'],
  230020: ['发得太频繁', '每个会话每秒5条，等一等再试'],
  230022: ['内容含敏感信息', '修改内容'],
  230025: ['内容太长', '拆成几条；卡片上限30 KB'],
  230026: ['没有撤回权限', '只能撤回自己发的'],
  230027: ['权限不足', '开通所需权限'],
  230028: ['内容被安全策略拦下', '修改内容'],
  230029: ['对方已离职', '不要再发'],
  230031: ['卡片超过14天，不能更新', '发一张新的'],
  230033: ['超过7天，查不到已读', '不再查询'],
  230034: ['receive_id无效', '核对接收者'],
  230035: ['不允许发送', '检查群设置'],
  230038: ['不能跨企业私聊', '不要再发'],
  230049: ['消息还在发送', '稍后再试'],
  230050: ['消息不可见', '不必再试'],
  230053: ['用户停用了机器人', '不要再发'],
  230054: ['消息类型不支持这个操作', '换一种做法'],
  230055: ['文件类型不符', '检查file_type'],
  230071: ['这个会话不支持话题回复', '改为普通回复'],
  230099: ['卡片不合规', '看msg里的ErrCode和ErrMsg'],
  230110: ['消息已删除', '不必再试'],
  232009: ['群已解散', '不要再发'],
  232011: ['不在群里', '先进群'],
  232019: ['成员操作太频繁', '一个一个来'],
  234001: ['参数无效', '检查参数'],
  234003: ['文件不属于这条消息', '核对message_id和file_key'],
  234004: ['机器人不在群里', '先进群'],
  234006: ['文件太大', '图片10 MB，文件30 MB以内'],
  234007: ['没有开启机器人能力', '在开放平台后台开启'],
  234010: ['文件是空的', '检查文件'],
  234037: ['文件太大，不能下载', '上限100 MB'],
  234043: ['这种消息不支持下载', '换一种做法'],
};

/** What a business code means and what to do; null when this table does not know it. */
export function codeWords(code: number): { meaning: string; advice: string } | null {
  const known = CODES[code];
  return known ? { meaning: known[0], advice: known[1] } : null;
}

/** Why a push got no answer. */
const FAILURES: Readonly<Record<string, string>> = {
  timeout: '3秒内没有回应',
  refused: '连接不上',
  dns: '找不到地址',
  dropped: '被故障断开',
};

export const failureWords = (error: string | undefined): string => FAILURES[error ?? ''] ?? '没有回应';
