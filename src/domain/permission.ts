import { isWithin, type Organisation, type Person, type Role } from './organisation.ts';
import type { KindCode } from './record/kinds.ts';

/** Who may use what (domain §2.5): one table, deny by default, scoped to the subtree of the post. */
export const accesses = ['anyone', 'member', 'recorder', 'administrator'] as const;
export type Access = (typeof accesses)[number];

/** What each post may record in its own branch; a post that is not here records nothing. */
const records: Partial<Readonly<Record<Role, 'all' | readonly KindCode[]>>> = {
  branchSecretary: 'all',
  branchDeputy: 'all',
  orgMember: 'all',
  discMember: 'all',
  pubMember: ['LEC', 'TPD'],
  groupLeader: ['PGM'],
};
const administrators: readonly Role[] = ['odStaff'];

export type Actor = { readonly openId: string; readonly person: Person | null; readonly appointed: boolean };

const recordingPosts = (person: Person, unit: string) =>
  person.posts.filter((post) => post.unit === unit && records[post.role] !== undefined);

/** Posts reach down their subtree; a member without a post reaches the own branch. */
export const reaches = (organisation: Organisation, person: Person, unit: string): boolean =>
  person.unit === unit ||
  person.posts.some((post) => administrators.includes(post.role) || isWithin(organisation, post.unit, unit));

export const isAdministrator = (actor: Actor): boolean =>
  actor.appointed || (actor.person?.posts.some((post) => administrators.includes(post.role)) ?? false);

/** The gate before a command: by open_id and post, never by a name. `unit` is the unit that the message concerns. */
export const mayUse = (access: Access, actor: Actor, unit: string | null, organisation: Organisation): boolean => {
  if (access === 'anyone') return true;
  if (access === 'administrator') return isAdministrator(actor);
  if (actor.person === null) return false;
  if (access === 'member') return unit === null || reaches(organisation, actor.person, unit);
  return unit !== null && recordingPosts(actor.person, unit).length > 0;
};

/** Within the gate: whether one of the person's posts covers this kind. */
export const mayRecord = (person: Person, unit: string, kind: KindCode): boolean =>
  recordingPosts(person, unit).some((post) => {
    const allowed = records[post.role];
    return allowed === 'all' || (allowed?.includes(kind) ?? false);
  });
