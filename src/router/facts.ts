import {
  holdsOrganisationalLife,
  isWithin,
  type Organisation,
  type Person,
  type Unit,
  unitOf,
} from '../domain/organisation.ts';
import type { BindingRow, OutboxRow } from '../domain/rows.ts';
import { localDate, localDateTime } from '../domain/time/local.ts';
import type { Facts, Rules } from './request.ts';

/** The unit somebody speaks for in private: the post first, then the own branch. */
const ownUnit = (organisation: Organisation, person: Person): Unit | null => {
  const codes = [...person.posts.map((post) => post.unit), ...(person.unit ? [person.unit] : [])];
  const units = codes.flatMap((code) => unitOf(organisation, code) ?? []);
  return units.find(holdsOrganisationalLife) ?? units[0] ?? null;
};

/** A branch's group means that branch; in a wider group people speak for their own unit where it belongs to it. */
const unitOfChat = (organisation: Organisation, bound: Unit, person: Person | null): Unit => {
  if (holdsOrganisationalLife(bound) || !person) return bound;
  const own = ownUnit(organisation, person);
  return own && holdsOrganisationalLife(own) && isWithin(organisation, bound.code, own.code) ? own : bound;
};

export type Saying = {
  readonly cause: string;
  readonly openId: string;
  readonly chat: Facts['chat'];
  readonly now: Date;
  readonly seq: number;
  readonly about: OutboxRow | null;
};
export type Surroundings = {
  readonly organisation: Organisation;
  readonly bindings: readonly BindingRow[];
  readonly administrators: readonly string[];
  readonly rules: Rules;
};

/** Puts together what a decision may depend on. */
export const gatherFacts = (saying: Saying, { organisation, bindings, administrators, rules }: Surroundings): Facts => {
  const { openId, chat, now, ...rest } = saying;
  const person = organisation.people.find((one) => one.openId === openId) ?? null;
  const binding = bindings.find((one) => one._id === chat.id);
  const bound = binding ? unitOf(organisation, binding.unit) : undefined;
  const own = chat.type === 'private' && person ? ownUnit(organisation, person) : null;
  return {
    ...rest,
    chat,
    now,
    organisation,
    bindings,
    rules,
    actor: { openId, person, appointed: administrators.includes(openId) },
    unit: bound ? unitOfChat(organisation, bound, person) : own,
    today: localDate(now, rules.zone),
    clock: localDateTime(now, rules.zone),
  };
};
