import type { Organisation, Person, Role, Unit } from '../../src/domain/organisation.ts';
import { roles } from '../../src/domain/organisation.ts';
import { type Access, type Actor, accesses, mayRecord, mayUse } from '../../src/domain/permission.ts';
import { kinds } from '../../src/domain/record/kinds.ts';
import type { Command } from '../../src/router/request.ts';

const unit = (code: string, level: Unit['level'], parent: string | null): Unit => ({
  code,
  name: code,
  level,
  parent,
  category: null,
  groups: [],
  establishedOn: '2020-01-01',
});
/** A committee with two general branches; the first has two branches. */
const organisation: Organisation = {
  units: [
    unit('DW', 'committee', null),
    unit('ZZ01', 'generalBranch', 'DW'),
    unit('ZZ02', 'generalBranch', 'DW'),
    unit('B0101', 'branch', 'ZZ01'),
    unit('B0102', 'branch', 'ZZ01'),
    unit('B0201', 'branch', 'ZZ02'),
  ],
  people: [],
};

/** Where each post is held. */
const seat = (role: Role): string => {
  if (role === 'committeeSecretary' || role === 'committeeLeader' || role.endsWith('Staff')) return 'DW';
  return role === 'gbSecretary' || role === 'gbDeputy' || role === 'organizer' ? 'ZZ01' : 'B0101';
};
const scopes = { own: '本单位', below: '下级', sibling: '同级', elsewhere: '别处', none: '未绑定' } as const;
type Scope = keyof typeof scopes;
const scopeNames: readonly Scope[] = ['own', 'below', 'sibling', 'elsewhere', 'none'];

const unitIn = (scope: Scope, at: string): string | null => {
  if (scope === 'own') return at;
  if (scope === 'below') return { DW: 'ZZ01', ZZ01: 'B0101' }[at] ?? null;
  if (scope === 'sibling') return { ZZ01: 'ZZ02', B0101: 'B0102' }[at] ?? null;
  return scope === 'elsewhere' ? ({ DW: null, ZZ01: 'B0201', B0101: 'B0201' }[at] ?? null) : null;
};

const person = (posts: Person['posts'], own: string | null = 'B0101'): Person => ({
  openId: 'ou_1',
  name: '某人',
  unit: own,
  stage: own === null ? null : 'full',
  group: null,
  posts,
});
type Row = { readonly label: string; readonly at: string; readonly actor: Actor };
const actor = (who: Person | null, appointed = false): Actor => ({ openId: 'ou_1', person: who, appointed });

const rows: readonly Row[] = [
  { label: '不在花名册的人', at: 'B0101', actor: actor(null) },
  { label: '被任命的管理员（不在花名册）', at: 'B0101', actor: actor(null, true) },
  { label: '普通党员', at: 'B0101', actor: actor(person([])) },
  ...roles.map((role) => ({
    label: role,
    at: seat(role),
    actor: actor(person([{ role, unit: seat(role) }], seat(role) === 'B0101' ? 'B0101' : null)),
  })),
];

const mark = (access: Access, { at, actor: who }: Row, scope: Scope): string => {
  const code = unitIn(scope, at);
  if (code === null && scope !== 'none') return '·';
  return mayUse(access, who, code, organisation) ? '✓' : '—';
};

const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const kindsOf = ({ actor: who, at }: Row): string => {
  const mine = kinds.filter((kind) => who.person !== null && mayRecord(who.person, at, kind.code));
  if (mine.length === 0) return '—';
  return mine.length === kinds.length ? '全部' : mine.map((kind) => kind.name).join('、');
};

/** The page on who may do what: every cell is asked of the code that decides it. */
export const permissionPage = (commands: readonly Command[]): string => {
  const names = Object.values(scopes);
  const gate = accesses.flatMap((access) => [
    `### ${access}\n`,
    `命令与按钮：${commandsOf(commands, access)}\n`,
    `${table(
      ['身份', ...names],
      rows.map((row) => [row.label, ...scopeNames.map((scope) => mark(access, row, scope))]),
    )}\n`,
  ]);
  return [
    '# 谁可以做什么\n',
    '这一页由测试从代码生成并核对，改权限就改 `src/domain/permission.ts`，再运行 `npx vitest run test/router -u`。',
    '没有写明可以的，一律不可以。“·”表示该身份没有这样的单位。\n',
    '## 能进哪道门\n',
    ...gate,
    '## 能记哪些类\n',
    `${table(
      ['身份', '在本支部可记'],
      rows.map((row) => [row.label, kindsOf(row)]),
    )}\n`,
  ].join('\n');
};

const commandsOf = (commands: readonly Command[], access: Access): string => {
  const named = commands.filter((one) => one.access === access).map((one) => `/${one.words[0]}`);
  const actions = commands.flatMap((one) =>
    Object.entries(one.actions ?? {}).flatMap(([name, action]) => (action.access === access ? [`\`${name}\``] : [])),
  );
  return [...named, ...actions].join('、') || '（无）';
};
