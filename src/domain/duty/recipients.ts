/** Whom a step reaches, from the organisation and the bound groups. */
import { holdersOf, type Organisation, type Person, type Role, type UnitLevel, unitOf } from '../organisation.ts';
import type { Audience } from './types.ts';

export type Recipient =
  | { readonly type: 'chat'; readonly id: string }
  | { readonly type: 'person'; readonly id: string };
export type Binding = { readonly chatId: string; readonly unit: string };

type Find = (unitCode: string, organisation: Organisation, bindings: readonly Binding[]) => readonly Recipient[];

const toPeople = (people: readonly Person[]): Recipient[] =>
  people.map((person) => ({ type: 'person', id: person.openId }));

/** The holders of the first of these posts that anybody holds. */
const firstHeld = (organisation: Organisation, code: string, posts: readonly Role[]): readonly Person[] => {
  const role = posts.find((post) => holdersOf(organisation, post, code).length > 0);
  return role === undefined ? [] : holdersOf(organisation, role, code);
};

/** The posts that answer for a unit, the first choice first. */
const secretaryPosts: Readonly<Record<UnitLevel, readonly Role[]>> = {
  committee: ['committeeSecretary'],
  generalBranch: ['gbSecretary', 'gbDeputy'],
  directBranch: ['branchSecretary', 'branchDeputy'],
  branch: ['branchSecretary', 'branchDeputy'],
  department: [],
};

const secretaries = (code: string, organisation: Organisation): Recipient[] => {
  const unit = unitOf(organisation, code);
  return unit ? toPeople(firstHeld(organisation, code, secretaryPosts[unit.level])) : [];
};

const departmentStaff = (organisation: Organisation): Recipient[] =>
  toPeople(organisation.people.filter((person) => person.posts.some((post) => post.role === 'odStaff')));

/** A branch's general branch; anything else stands directly under the committee. */
const organizers = (code: string, organisation: Organisation): Recipient[] => {
  const unit = unitOf(organisation, code);
  const above = unit?.level === 'branch' ? unit.parent : null;
  const people = above === null ? [] : firstHeld(organisation, above, ['organizer', 'gbSecretary']);
  return people.length > 0 ? toPeople(people) : departmentStaff(organisation);
};

const finders: Readonly<Record<Audience, Find>> = {
  group: (code, organisation, bindings) => {
    const bound = bindings.find((binding) => binding.unit === code);
    return bound ? [{ type: 'chat', id: bound.chatId }] : secretaries(code, organisation);
  },
  secretary: secretaries,
  organizer: organizers,
  orgDept: (_, organisation) => departmentStaff(organisation),
};

/**
 * group: the unit's bound group, or its secretary when none is bound · secretary: else the deputy · organizer: of the
 * general branch, else its secretary, else (and for a direct branch) 组织部 · orgDept: 组织部. May be empty.
 */
export const recipientsOf = (
  audience: Audience,
  unitCode: string,
  organisation: Organisation,
  bindings: readonly Binding[],
): readonly Recipient[] => finders[audience](unitCode, organisation, bindings);
