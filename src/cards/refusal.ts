import type { CardSpec } from './card.ts';
import { noticeCard } from './notice.ts';
import { escape } from './text.ts';

/** What people hear who may not; the same whether the thing exists or not. `contact` is whom to ask. */
export const refusals = {
  recorder: (contact: string | null): CardSpec =>
    noticeCard(
      '这条请书记或委员来记',
      `这条只有本支部的书记或委员能记。${contact ? `需要的话请联系${escape(contact)}。` : ''}`,
    ),
  administrator: (): CardSpec => noticeCard('这项由管理员操作', '这项只有组织部的管理员能做。需要的话请联系组织部。'),
  member: (): CardSpec => noticeCard('没有找到可看的内容', '这里没有您可以查看的内容。如有疑问请联系所在支部的书记。'),
};

export const unboundCard = (): CardSpec =>
  noticeCard(
    '这个群还没有绑定支部',
    '还不知道这个群是哪个支部的，所以先不记。',
    '请管理员在群里发一句：/绑定 支部全称或编号。书记也可以私聊我直接记。',
  );

const quoted = (word: string): string => escape(word.length > 20 ? `${word.slice(0, 20)}…` : word);

export const unknownWordCard = (word: string, near: readonly string[], mention: boolean): CardSpec =>
  noticeCard(
    '没看懂这条命令',
    near.length > 0
      ? `没有“${quoted(word)}”这条命令。你是不是想说：${near.map((one) => `/${one}`).join('、')}`
      : `没有“${quoted(word)}”这条命令。`,
    `发${mention ? ' @我 ' : ''}“/帮助”看看都能做什么。`,
  );

export const lostCard = (): CardSpec =>
  noticeCard(
    '没看懂这句话',
    '可以这样说：/记录 主题党日 11月20日15:00 党史馆 学支部条例 全到',
    '发“/帮助”看看都能做什么。',
  );

export const filesLaterCard = (): CardSpec =>
  noticeCard(
    '照片和文件还收不了',
    '目前先收文字。请用一句话记下来，例如：/记录 主题党日 11月20日15:00 党史馆 学支部条例 全到',
  );

export const deadLetterCard = (): CardSpec =>
  noticeCard('这条没处理成', '刚才这条我试了几次都没处理成，已记下来请管理员查看。请过一会儿再发一次。');
