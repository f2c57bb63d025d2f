import { quantile, rounded } from '../report.ts';
import { type Connection, openConnection } from './connection.ts';

export type Round = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
};

const CONNECTIONS = 32;

type Run = { readonly latencies: number[]; errors: number };

/** As fast as the connections are answered, until the time is over or the requests are spent. */
export async function loadFully(port: number, requests: Iterator<Buffer>, seconds: number): Promise<Round> {
  return withConnections(port, async (connections, run) => {
    const until = performance.now() + seconds * 1_000;
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < until) {
          const next = requests.next();
          if (next.done) return;
          await exchange(connection, next.value, performance.now(), run);
        }
      }),
    );
  });
}

/** At a fixed rate; a request that has to wait for a connection is late from the moment it was due. */
export async function loadAtRate(
  port: number,
  requests: Iterator<Buffer>,
  seconds: number,
  perSecond: number,
): Promise<Round> {
  return withConnections(port, async (connections, run) => {
    const began = performance.now();
    let taken = 0;
    await Promise.all(
      connections.map(async (connection) => {
        for (;;) {
          const due = began + (taken++ * 1_000) / perSecond;
          const next = requests.next();
          if (next.done || due > began + seconds * 1_000) return;
          await until(due);
          await exchange(connection, next.value, due, run);
        }
      }),
    );
  });
}

async function withConnections(port: number, load: (all: Connection[], run: Run) => Promise<void>): Promise<Round> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(port)));
  const run: Run = { latencies: [], errors: 0 };
  const began = performance.now();
  await load(connections, run);
  const seconds = (performance.now() - began) / 1_000;
  for (const connection of connections) connection.close();
  return {
    perSecond: rounded((run.latencies.length - run.errors) / seconds),
    p50Ms: quantile(run.latencies, 0.5),
    p99Ms: quantile(run.latencies, 0.99),
    errors: run.errors,
  };
}

function exchange(connection: Connection, request: Buffer, from: number, run: Run): Promise<void> {
  return new Promise((resolve) => {
    connection.send(request, (status) => {
      run.latencies.push(performance.now() - from);
      if (status !== 200) run.errors += 1;
      resolve();
    });
  });
}

function until(due: number): Promise<void> | null {
  const left = due - performance.now();
  return left > 0 ? new Promise((resolve) => setTimeout(resolve, left)) : null;
}
