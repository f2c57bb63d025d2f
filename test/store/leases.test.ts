import { describe, expect, it } from 'vitest';
import { holdLease } from '../../src/engine/lease.ts';
import type { Leases } from '../../src/ports/store.ts';
import { event, fresh, start, useStore } from '../support/store.ts';

const shelf = useStore();
const ttlMs = 6_000;

describe('a lease', () => {
  it('has one winner among forty', async () => {
    const name = fresh('lane:');
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) => shelf.store.leases.tryClaim(name, `owner ${index}`, ttlMs)),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('has one winner each time it runs out, and a larger token', async () => {
    const name = fresh('lane:');
    const tokens: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => shelf.store.leases.tryClaim(name, `owner ${index}`, ttlMs)),
      );
      tokens.push(...claims.flatMap((claim) => (claim ? [claim.token] : [])));
      shelf.databaseTime += ttlMs;
    }
    expect(tokens).toEqual([1, 2, 3, 4, 5]);
  });

  it('runs out by the clock of the database, to the millisecond', async () => {
    const name = fresh('lane:');
    const { leases } = shelf.store;
    const first = await leases.tryClaim(name, 'a', ttlMs);
    shelf.databaseTime += ttlMs - 1;
    expect(await leases.tryClaim(name, 'b', ttlMs)).toBeNull();
    expect(first && (await leases.renew(first))).toBe(true);
    shelf.databaseTime += ttlMs - 1;
    expect(await leases.tryClaim(name, 'b', ttlMs)).toBeNull();
    shelf.databaseTime += 1;
    expect(await leases.tryClaim(name, 'b', ttlMs)).toMatchObject({ owner: 'b', token: 2 });
  });

  it('is free at once when it is given back, and only its holder can give it back', async () => {
    const name = fresh('lane:');
    const { leases } = shelf.store;
    const held = await leases.tryClaim(name, 'a', ttlMs);
    if (!held) throw new Error('nobody holds it');
    await leases.release({ ...held, owner: 'b' });
    await leases.release({ ...held, token: held.token - 1 });
    expect(await leases.tryClaim(name, 'b', ttlMs)).toBeNull();
    await leases.release(held);
    expect(await leases.tryClaim(name, 'b', ttlMs)).toMatchObject({ token: 2 });
  });
});

describe('a holder that was paused', () => {
  it('cannot go on under its old token, not even when it has claimed anew itself', async () => {
    const name = fresh('lane:');
    const old = await shelf.store.leases.tryClaim(name, 'a', ttlMs);
    shelf.databaseTime += ttlMs;
    const renewed = await shelf.store.leases.tryClaim(name, 'a', ttlMs);
    expect(old && (await shelf.store.leases.renew(old))).toBe(false);
    expect(renewed && (await shelf.store.leases.renew(renewed))).toBe(true);
  });

  it('cannot renew, plan, finish or give back once another has taken over', async () => {
    const sent = event({ lane: fresh('oc_') });
    const { leases, inbox } = shelf.store;
    await inbox.insertMany([sent], new Date(start));
    const a = await leases.tryClaim(`lane:${sent.lane}`, 'a', ttlMs);
    expect((await inbox.start(sent.lane, a?.token ?? 0))?._id).toBe(sent.eventId);
    shelf.databaseTime += ttlMs;
    const b = await leases.tryClaim(`lane:${sent.lane}`, 'b', ttlMs);
    if (!a || !b) throw new Error('nobody holds it');
    expect((await inbox.start(sent.lane, b.token))?._id).toBe(sent.eventId);

    expect(await leases.renew(a)).toBe(false);
    expect(await inbox.savePlan(sent.eventId, a.token, { effects: [] })).toBe(false);
    expect(await inbox.finish(sent.eventId, a.token, new Date(start))).toBe(false);
    expect(await inbox.start(sent.lane, a.token)).toBeNull();
    await leases.release(a);
    expect(await leases.renew(b)).toBe(true);
    expect(await inbox.finish(sent.eventId, b.token, new Date(start))).toBe(true);
  });

  it('knows by its own stopwatch that its claim may have run out, before anybody tells it', async () => {
    let now = 0;
    const watch = { now: () => now, sleep: async () => {} };
    const leases: Leases = { tryClaim: async () => null, renew: async () => true, release: async () => {} };
    const held = holdLease(leases, { name: 'x', owner: 'a', token: 1, ttlMs }, watch);
    now = ttlMs * 0.8 - 1;
    expect(held.held()).toBe(true);
    now = ttlMs * 0.8;
    expect(held.held()).toBe(false);
    await held.release();
  });
});
