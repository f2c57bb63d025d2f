import { decode } from '../bson/decode.ts';
import { DateTime, type Doc, type Out, type OutDoc, toDouble } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import type { Refused, Request } from '../wire/message.ts';
import type { Services } from './context.ts';
import { commandOf } from './registry.ts';

/** Runs one command at the instant `now` and gives its reply, also when it was refused. A bug becomes code 1 and is reported. */
export function dispatch(
  request: Request | Refused,
  services: Services,
  connection: number,
  now: number,
  report: (bug: unknown) => void,
): OutDoc {
  if ('refusal' in request) return refusal(request.refusal);
  try {
    const result = run(request, services, connection, now);
    result.set('ok', toDouble(1));
    return result;
  } catch (error) {
    if (error instanceof ServerError) return refusal(error);
    report(error);
    return refusal(new ServerError(1, error instanceof Error ? error.message : 'internal error'));
  }
}

function run(request: Request, services: Services, connection: number, now: number): OutDoc {
  const { body, sequences } = request;
  const database = databaseOf(body);
  const raw = body.has('insert');
  for (const [name, documents] of sequences) {
    if (body.has(name)) throw new ServerError(40413, `Duplicate field ${name} in the body and in a document sequence`);
    body.set(name, raw && name === 'documents' ? [] : documents.map((bytes) => decode(bytes)));
  }
  const { command } = commandOf(body);
  return command.run(body, { services, database, now: new DateTime(now), connection, sequences });
}

function databaseOf(body: Doc): string {
  const name = body.get('$db');
  if (typeof name !== 'string') throw new ServerError(40414, "BSON field '$db' is missing but a required field");
  if (name === '' || Buffer.byteLength(name) > 63 || /[\0 ."$/\\]/.test(name))
    throw new ServerError(73, `Invalid database name: '${name}'`);
  return name;
}

/** The reply that tells a client of an error. */
export function refusal(error: ServerError): OutDoc {
  return new Map<string, Out>([
    ['ok', toDouble(0)],
    ['errmsg', error.message],
    ['code', error.code],
    ['codeName', error.codeName],
    ...(error.extra ?? []),
  ]);
}
