/** What the parser needs to know of an organisation, taken from its units and people. */
import { expectedAt, membersOf, type Organisation, unitOf } from '../organisation.ts';
import type { UnitContext, UtteranceContext } from './types.ts';

const unitContext = (organisation: Organisation, code: string): UnitContext | null => {
  const unit = unitOf(organisation, code);
  if (!unit) return null;
  const members = membersOf(organisation, code);
  const size = (body: 'committee' | 'group', group: number | null) =>
    expectedAt(organisation, code, body, group).length;
  return {
    code,
    name: unit.name,
    members: members.map((person) => person.name),
    voting: members.filter((person) => person.stage === 'full').length,
    expected: { members: members.length, committee: size('committee', null) },
    groups: unit.groups.map(({ no, name }) => ({ no, name, size: size('group', no) })),
  };
};

type Asked = Pick<UtteranceContext, 'now' | 'calendar' | 'sender' | 'chat' | 'replyTo' | 'attachments'> & {
  readonly unit: string | null;
};

/** The context of one message; `unit` is the code of the sender's unit. */
export const utteranceContext = (organisation: Organisation, { unit, ...asked }: Asked): UtteranceContext => ({
  ...asked,
  unit: unit === null ? null : unitContext(organisation, unit),
  units: organisation.units.map(({ code, name }) => ({ code, name })),
});
