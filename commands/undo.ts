import { defineCommand, dutiesMetBy, logged, noticeCard, withdraw, withdrawnCard } from '../src/kit.ts';

const withinMs = 10 * 60_000;

export default defineCommand({
  name: 'undo',
  words: ['撤销', '撤回', '记错了'],
  intents: ['undo'],
  summary: '十分钟内撤销刚才的记录',
  example: '撤销',
  access: 'recorder',
  run: async (request, { records, duties }) => {
    const since = new Date(request.now.getTime() - withinMs);
    const record = await records.lastOf(request.actor.openId, since);
    if (record?.state !== 'submitted')
      return { card: noticeCard('没有可撤销的记录', '十分钟内没有您交的记录。更早的请联系总支组织员退回。') };
    const met = await duties.find(dutiesMetBy(record));
    const on = { collection: 'records', id: record._id } as const;
    const log = logged(request, 'withdraw', on, { state: record.state }, { state: 'withdrawn' }, request.message.id);
    return { effects: [...withdraw(record, met), log], card: withdrawnCard(record) };
  },
});
