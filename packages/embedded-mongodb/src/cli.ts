#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createServer, type ServerOptions } from './server.ts';
import { surface } from './surface.ts';

const USAGE = `embedded-mongodb [--port N | --socket PATH] [--data DIR] [--sync fsync|none]
embedded-mongodb --surface --json
`;

const CONFIGURATION_FAULT = 78;
const LOOPBACK = ['127.0.0.1', 'localhost'];

class UsageError extends Error {}

type Arguments = { surface: boolean; options: ServerOptions };

/** Reads the command line; there is no authentication, so any address but loopback is refused. */
function readArguments(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      socket: { type: 'string' },
      data: { type: 'string' },
      sync: { type: 'string' },
      surface: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const { port, host, socket, data, sync } = values;
  if (host !== undefined && !LOOPBACK.includes(host)) throw new UsageError(`--host ${host} is refused: only 127.0.0.1`);
  if (port !== undefined && socket !== undefined) throw new UsageError('--port and --socket exclude each other');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536))
    throw new UsageError(`--port ${port} is not a port`);
  if (sync !== undefined && sync !== 'fsync' && sync !== 'none') throw new UsageError('--sync is fsync or none');
  const options: ServerOptions = {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(sync === undefined ? {} : { sync }),
  };
  return { surface: values.surface === true, options };
}

async function main(): Promise<void> {
  const { surface: listing, options } = readArguments(process.argv.slice(2));
  if (listing) {
    process.stdout.write(`${JSON.stringify(surface(), undefined, 2)}\n`);
    return;
  }
  const server = await createServer({ ...options, onFatal: die });
  const stop = () => void server.close().then(() => process.exit(0), die);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`database ready ${server.uri}\n`);
}

function die(error: unknown): void {
  process.stderr.write(`embedded-mongodb: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  if (usage) process.stderr.write(USAGE);
  process.stderr.write(`embedded-mongodb: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(usage ? CONFIGURATION_FAULT : 1);
});
