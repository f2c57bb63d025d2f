import { committeeOf, membersOf, type Organisation, type Unit } from '../domain/organisation.ts';
import { parseUtterance } from '../domain/utterance/parse.ts';
import type { ParsedUtterance, ReplyTo, UnitContext } from '../domain/utterance/types.ts';
import type { Facts } from './request.ts';

/** What the roster says of a unit, for the parser: names, and how many are expected where. */
export const unitContext = (organisation: Organisation, unit: Unit): UnitContext => {
  const members = membersOf(organisation, unit.code);
  return {
    code: unit.code,
    name: unit.name,
    members: members.map((person) => person.name),
    voting: members.filter((person) => person.stage === 'full').length,
    expected: { members: members.length, committee: committeeOf(organisation, unit.code).length },
    groups: unit.groups.map(({ no, name }) => ({
      no,
      name,
      size: members.filter((person) => person.group === no).length,
    })),
  };
};

/** The duty a reply is about, when it is about one: its kind and period are the defaults (design §2.5). */
const replyTo = (facts: Facts): ReplyTo | null => {
  const [first, second] = facts.about?.duties ?? [];
  if (first === undefined || second !== undefined) return null;
  const [kind, unit, period] = first.split('/');
  return { kind: kind ?? null, unit: unit ?? null, period: period ?? null };
};

/** Reads a text with everything the chat, the roster and the message answered contribute. */
export const understand = (facts: Facts, text: string, reply: ReplyTo | null = replyTo(facts)): ParsedUtterance =>
  parseUtterance(text, {
    now: facts.clock,
    calendar: facts.rules.calendar,
    unit: facts.unit ? unitContext(facts.organisation, facts.unit) : null,
    units: facts.organisation.units.map(({ code, name }) => ({ code, name })),
    sender: facts.actor.person?.name ?? null,
    chat: facts.chat.type,
    replyTo: reply,
  });
