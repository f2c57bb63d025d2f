/** Units, people and who answers for whom (domain §2). Codes are the organisation's own: `DW`, `ZZ02`, `B0201`. */
export type UnitLevel = 'committee' | 'generalBranch' | 'directBranch' | 'branch' | 'department';
export type PartyGroup = { readonly no: number; readonly name: string; readonly leader: string | null };
export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly level: UnitLevel;
  readonly parent: string | null;
  readonly category: 'teacher' | 'student' | 'admin' | 'retired' | 'mixed' | null;
  readonly groups: readonly PartyGroup[];
  readonly establishedOn: string;
};

export const roles = [
  'committeeSecretary',
  'committeeLeader',
  'odStaff',
  'diStaff',
  'pdStaff',
  'poStaff',
  'ouStaff',
  'gbSecretary',
  'gbDeputy',
  'organizer',
  'branchSecretary',
  'branchDeputy',
  'orgMember',
  'pubMember',
  'discMember',
  'groupLeader',
] as const;
export type Role = (typeof roles)[number];

export type Stage = 'full' | 'probationary' | 'developmentTarget' | 'activist' | 'applicant';
export type Person = {
  readonly openId: string;
  readonly name: string;
  /** The branch a member belongs to; null for people who only hold a post. */
  readonly unit: string | null;
  readonly stage: Stage | null;
  readonly group: number | null;
  readonly posts: readonly { readonly role: Role; readonly unit: string }[];
};

export type Organisation = { readonly units: readonly Unit[]; readonly people: readonly Person[] };

const committeeRoles: readonly Role[] = ['branchSecretary', 'branchDeputy', 'orgMember', 'pubMember', 'discMember'];

/** A branch, or a direct branch, which lives as one (domain §2.1). */
export const holdsOrganisationalLife = (unit: Unit): boolean =>
  unit.level === 'branch' || unit.level === 'directBranch';

export const unitOf = (organisation: Organisation, code: string): Unit | undefined =>
  organisation.units.find((unit) => unit.code === code);

export const membersOf = (organisation: Organisation, code: string): readonly Person[] =>
  organisation.people.filter(
    (person) => person.unit === code && (person.stage === 'full' || person.stage === 'probationary'),
  );

/** Seven full members make a committee (BR ch. 6, T5). */
export const needsCommittee = (fullMembers: number): boolean => fullMembers >= 7;
export const hasCommittee = (organisation: Organisation, code: string): boolean =>
  needsCommittee(membersOf(organisation, code).filter((person) => person.stage === 'full').length);

/** The people who sit on a branch's committee, by their posts in that branch. */
export const committeeOf = (organisation: Organisation, code: string): readonly Person[] =>
  organisation.people.filter((person) =>
    person.posts.some((post) => post.unit === code && committeeRoles.includes(post.role)),
  );

export const holdersOf = (organisation: Organisation, role: Role, code: string): readonly Person[] =>
  organisation.people.filter((person) => person.posts.some((post) => post.unit === code && post.role === role));

/** True when `code` is `root` or lies below it. */
export const isWithin = (organisation: Organisation, root: string, code: string): boolean => {
  for (let unit = unitOf(organisation, code); unit; unit = unit.parent ? unitOf(organisation, unit.parent) : undefined)
    if (unit.code === root) return true;
  return false;
};

/** Who is expected at a meeting of a kind, from the roster: the committee, one group, or every member. */
export const expectedAt = (
  organisation: Organisation,
  code: string,
  body: 'members' | 'committee' | 'group',
  group: number | null,
): readonly Person[] => {
  if (body === 'committee') return committeeOf(organisation, code);
  const members = membersOf(organisation, code);
  return body === 'group' && group !== null ? members.filter((person) => person.group === group) : members;
};
