import { type Answer, defineCommand, escape, logged, noticeCard, type Request, type Unit } from '../src/kit.ts';

const example = '/绑定 机电系教工第一党支部';

/** By code, by full name, or by the only name that contains what was said. */
const candidates = (request: Request, said: string): readonly Unit[] => {
  const { units } = request.organisation;
  const exact = units.filter((unit) => unit.code.toLowerCase() === said.toLowerCase() || unit.name === said);
  return exact.length > 0 ? exact : units.filter((unit) => said.length >= 2 && unit.name.includes(said));
};

const bind = (request: Request, unit: Unit): Answer => {
  const known = request.bindings.find((binding) => binding._id === request.chat.id);
  const facts = { unit: unit.code, by: request.actor.openId, at: request.now };
  const effect = known
    ? ({ op: 'update', in: 'bindings', id: known._id, revision: known.revision, set: facts, ifStale: 'redo' } as const)
    : ({
        op: 'insert',
        into: 'bindings',
        row: { _id: request.chat.id, cause: request.cause, revision: 0, ...facts },
      } as const);
  const log = logged(
    request,
    'bind',
    { collection: 'bindings', id: request.chat.id },
    known ? { unit: known.unit } : null,
    { unit: unit.code },
    request.message.id,
  );
  return {
    effects: [effect, log],
    card: noticeCard(
      '已绑定',
      `这个群现在是**${escape(unit.name)}**的群，提醒会发到这里。`,
      '绑错了就再发一次“/绑定 支部名称”。',
    ),
  };
};

export default defineCommand({
  name: 'bind',
  words: ['绑定'],
  intents: ['bind'],
  summary: '把这个群和支部对上号（管理员）',
  example,
  access: 'administrator',
  run: async (request) => {
    if (request.chat.type === 'private') return { card: noticeCard('请到群里绑定', `请在要绑定的群里发：${example}`) };
    const said = request.rest.replace(/^[/\s]*绑定[\s:,]*/, '').trim();
    const [first, ...others] = said === '' ? [] : candidates(request, said);
    if (first && others.length === 0) return bind(request, first);
    const names = [first, ...others].flatMap((unit) => (unit ? [escape(unit.name)] : [])).slice(0, 5);
    return {
      card: noticeCard(
        '没找到要绑定的支部',
        names.length > 0 ? `是这里面的哪一个？${names.join('、')}` : '请写支部的全称或编号。',
        `例如：${example}`,
      ),
    };
  },
});
