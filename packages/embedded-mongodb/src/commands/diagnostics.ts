import { hostname } from 'node:os';
import { type Doc, type Out, type OutDoc, toDouble } from '../bson/types.ts';
import type { Command, Context } from './context.ts';

/** The server this package looks like. */
export const VERSION = '7.0.0';
const VERSION_ARRAY = [7, 0, 0, 0];

function reply(entries: [string, Out][]): OutDoc {
  return new Map<string, Out>(entries);
}

function hello(body: Doc, context: Context): OutDoc {
  const name = body.has('hello') ? 'isWritablePrimary' : 'ismaster';
  return reply([
    ['helloOk', true],
    [name, true],
    ['maxBsonObjectSize', 16_777_216],
    ['maxMessageSizeBytes', 48_000_000],
    ['maxWriteBatchSize', 100_000],
    ['localTime', context.now],
    ['logicalSessionTimeoutMinutes', 30],
    ['connectionId', context.connection],
    ['minWireVersion', 0],
    ['maxWireVersion', 21],
    ['readOnly', false],
  ]);
}

function buildInfo(): OutDoc {
  return reply([
    ['version', VERSION],
    ['versionArray', VERSION_ARRAY],
    ['gitVersion', 'embedded-mongodb'],
    ['modules', ['embedded-mongodb']],
    ['bits', 64],
    ['debug', false],
    ['maxBsonObjectSize', 16_777_216],
    ['storageEngines', ['embedded-mongodb']],
  ]);
}

function serverStatus(_body: Doc, context: Context): OutDoc {
  const seconds = (performance.now() - context.services.started) / 1000;
  return reply([
    ['host', hostname()],
    ['version', VERSION],
    ['process', 'embedded-mongodb'],
    ['pid', BigInt(process.pid)],
    ['uptime', toDouble(seconds)],
    ['localTime', context.now],
  ]);
}

function connectionStatus(): OutDoc {
  return reply([
    [
      'authInfo',
      reply([
        ['authenticatedUsers', []],
        ['authenticatedUserRoles', []],
      ]),
    ],
  ]);
}

const NOTHING: Command = { fields: [], run: () => reply([]) };

/** Commands about the server and about sessions, which a standalone keeps no state for. */
export const DIAGNOSTICS: Readonly<Record<string, Command>> = {
  hello: { fields: 'any', run: hello },
  isMaster: { fields: 'any', run: hello },
  ismaster: { fields: 'any', run: hello },
  ping: NOTHING,
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  getParameter: {
    fields: ['featureCompatibilityVersion', 'allParameters', 'showDetails'],
    run: () => reply([['featureCompatibilityVersion', reply([['version', '7.0']])]]),
  },
  serverStatus: { fields: ['repl', 'metrics', 'locks', 'network'], run: serverStatus },
  connectionStatus: { fields: ['showPrivileges'], run: connectionStatus },
  startSession: { fields: [], run: () => reply([['timeoutMinutes', 30]]) },
  endSessions: NOTHING,
  killSessions: NOTHING,
  refreshSessions: NOTHING,
};
