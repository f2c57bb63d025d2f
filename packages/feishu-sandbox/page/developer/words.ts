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
  'PATCH /im/v1/messages/:id/urgent_app': '应用内加急',
  'PATCH /im/v1/messages/:id/urgent_sms': '短信加急',
  'PATCH /im/v1/messages/:id/urgent_phone': '电话加急',
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
  'POST /calendar/v4/calendars/primary': '读主日历',
  'POST /calendar/v4/calendars/:id/events': '建日程',
  'GET /calendar/v4/calendars/:id/events/:id': '读日程',
  'PATCH /calendar/v4/calendars/:id/events/:id': '改日程',
  'DELETE /calendar/v4/calendars/:id/events/:id': '删日程',
  'POST /calendar/v4/calendars/:id/events/:id/attendees': '加日程参与人',
  'GET /calendar/v4/calendars/:id/events/:id/attendees': '读日程参与人',
  'POST /vc/v1/reserves/apply': '约会议',
  'GET /vc/v1/reserves/:id': '读会议预约',
  'DELETE /vc/v1/reserves/:id': '取消会议预约',
};

export const callWords = (method: string, path: string): string =>
  CALLS[`${method} ${patternOf(path).replace('/open-apis', '')}`] ?? '调用';

/** Why a push got no answer. */
const FAILURES: Readonly<Record<string, string>> = {
  timeout: '3秒内没有回应',
  refused: '连接不上',
  dns: '找不到地址',
  dropped: '被故障断开',
};

export const failureWords = (error: string | undefined): string => FAILURES[error ?? ''] ?? '没有回应';
