import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { readCollege } from '../../fixtures/college.ts';
import { type Access, mayUse } from '../../src/domain/permission.ts';
import { loadRules } from '../../src/main.ts';
import type { CardClick } from '../../src/ports/click.ts';
import type { ChatMessage } from '../../src/ports/message.ts';
import { decideClick, decideMessage } from '../../src/router/dispatch.ts';
import { gatherFacts } from '../../src/router/facts.ts';
import { createRegistry } from '../../src/router/registry.ts';
import type { Command, Facts, Readers } from '../../src/router/request.ts';
import { permissionPage } from './permission-table.ts';

const college = readCollege('fixtures/college.json');
const { organisation } = college;
const rules = loadRules({
  POLICY_FILE: 'policies/wuhua-xietong-2020.yaml',
  HOLIDAYS_DIR: 'holidays',
  ORG_ZONE: 'Asia/Shanghai',
});
const at = new Date('2026-11-24T10:00:00+08:00');

const facts = (openId: string, chat: string | null): Facts =>
  gatherFacts(
    {
      cause: 'ev_1',
      openId,
      now: at,
      seq: 1,
      about: null,
      chat: chat === null ? { id: 'oc_private', type: 'private' } : { id: chat, type: 'group' },
    },
    {
      organisation,
      rules,
      administrators: ['ou_appointed'],
      bindings: [{ _id: 'oc_b0201', cause: 'x', revision: 0, unit: 'B0201', by: 'x', at }],
    },
  );

/** Stands in for a command, so that it is seen whether it was run at all. */
const watched = (access: Access) => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    return { card: null };
  };
  const command: Command = {
    name: 'watched',
    words: ['测试'],
    intents: [],
    summary: 's',
    example: 'e',
    access,
    run,
    actions: { watched: { access, run } },
  };
  return { registry: createRegistry([command]), runs: () => runs };
};
const readers = { commands: [] } as unknown as Readers;
const message = (chat: Facts['chat']): ChatMessage => ({
  is: 'message',
  id: 'om_1',
  chatId: chat.id,
  chatType: chat.type,
  sender: 'x',
  text: '/测试',
  at,
  mentionsBot: true,
  attachments: [],
  parentId: null,
  rootId: null,
});
const click = (chat: Facts['chat'], value: Record<string, unknown>): CardClick => ({
  eventId: 'e',
  operator: 'x',
  messageId: 'om_1',
  chatId: chat.id,
  name: null,
  value,
  form: {},
});

describe('who may do what', () => {
  it('is the page in docs', async () => {
    await expect(permissionPage(commands)).toMatchFileSnapshot('../../docs/permissions.md');
  });

  const someone = [...organisation.people.slice(0, 60).map((one) => one.openId), 'ou_stranger', 'ou_appointed'];
  it.each(['anyone', 'member', 'recorder', 'administrator'] as const)(
    'is asked before anything runs, of messages and clicks alike: %s',
    async (access) => {
      const seen = new Set<boolean>();
      for (const openId of someone)
        for (const chat of ['oc_b0201', 'oc_unbound', null]) {
          const given = facts(openId, chat);
          const allowed = mayUse(access, given.actor, given.unit?.code ?? null, organisation);
          seen.add(allowed);
          const { registry, runs } = watched(access);
          const said = await decideMessage(registry, readers, given, message(given.chat));
          expect(runs(), `${openId} ${chat}`).toBe(allowed ? 1 : 0);
          if (!allowed) expect(said.effects.map((effect) => effect.op === 'insert' && effect.into)).toEqual(['outbox']);
          const clicked = await decideClick(registry, readers, given, click(given.chat, { do: 'watched' }));
          expect(runs(), `${openId} ${chat}`).toBe(allowed ? 2 : 0);
          if (!allowed) expect(clicked).toMatchObject({ effects: [], toast: { type: 'warning' } });
        }
      expect([...seen].sort()).toEqual(access === 'anyone' ? [true] : [false, true]);
    },
  );

  it('does not depend on what the client says it clicked', async () => {
    const { registry, runs } = watched('anyone');
    for (const name of ['constructor', 'toString', '', 7, null, ['watched']]) {
      const given = facts('ou_stranger', 'oc_b0201');
      expect((await decideClick(registry, readers, given, click(given.chat, { do: name }))).effects).toEqual([]);
    }
    expect(runs()).toBe(0);
  });
});
