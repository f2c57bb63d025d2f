import type { Doc } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { typeName } from '../values/types.ts';
import { aggregate } from './aggregate.ts';
import { CATALOG } from './catalog.ts';
import type { Command } from './context.ts';
import { remove } from './delete.ts';
import { DIAGNOSTICS } from './diagnostics.ts';
import { find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { insert } from './insert.ts';
import { QUERIES } from './queries.ts';
import { update } from './update.ts';

/** Every command that is accepted. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...DIAGNOSTICS,
  ...CATALOG,
  ...QUERIES,
  find,
  aggregate,
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};

/** Fields every command takes. */
export const COMMON_FIELDS = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'stmtId',
  'stmtIds',
];

const TRANSACTION_FIELDS = ['txnNumber', 'autocommit', 'startTransaction'];

/** Finds a command and checks the names of its fields. */
export function commandOf(body: Doc): { name: string; command: Command } {
  const name = body.keys().next().value ?? '';
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new ServerError(59, `no such command: '${name}'`);
  if (TRANSACTION_FIELDS.some((field) => body.has(field))) {
    throw new ServerError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  if (command.fields === 'any') return { name, command };
  for (const field of body.keys()) {
    if (field !== name && !command.fields.includes(field) && !COMMON_FIELDS.includes(field)) {
      throw new ServerError(40415, `BSON field '${name}.${field}' is an unknown field.`);
    }
  }
  checkConcerns(body);
  return { name, command };
}

const READ_LEVELS: readonly unknown[] = [undefined, 'local', 'available', 'majority'];

function checkConcerns(body: Doc): void {
  const read = body.get('readConcern');
  const write = body.get('writeConcern');
  if (read instanceof Map && !READ_LEVELS.includes(read.get('level'))) {
    throw new ServerError(
      123,
      `node needs to be a replica set member to use read concern ${typeName(read.get('level'))}`,
    );
  }
  const w = write instanceof Map ? write.get('w') : undefined;
  if (typeof w === 'number' && w > 1) throw new ServerError(2, "cannot use 'w' > 1 when a host is not replicated");
}
