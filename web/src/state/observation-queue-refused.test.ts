import { describe, expect, it } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import { BoxShelf, DENIED, one } from './fake-shelf';
import { ObservationQueue } from './observation-queue';
import type { Shelf } from './shelf';

describe('a queue of which the server does not take everything', () => {
  /** `statuses`: what it answers to a batch that holds one of these. */
  function world(statuses: Map<string, number>) {
    const sizes: number[] = [];
    const arrived: string[] = [];
    const queue = new ObservationQueue(async (batch) => {
      sizes.push(batch.length);
      const bad = batch.find(({ id }) => statuses.has(id));
      if (bad) throw new ApiError(statuses.get(bad.id) ?? 0, 'unknown', 'no');
      arrived.push(...batch.map(({ id }) => id));
    }, DENIED);
    return { queue, sizes, arrived };
  }
  const ids = (count: number) => [...Array(count).keys()].map((at) => String(at).padStart(3, '0'));

  it('loses the one observation that it refuses, and no other of its batch', async () => {
    const statuses = new Map(ids(100).map((id) => [id, 429]));
    const { queue, sizes, arrived } = world(statuses);
    for (const id of ids(100)) queue.add(one(id));
    await queue.flush();
    statuses.clear();
    statuses.set('037', 422);
    sizes.length = 0;
    await queue.flush();
    expect(arrived).toEqual(ids(100).filter((id) => id !== '037'));
    expect(queue.waiting).toBe(0);
    expect(sizes.length).toBeLessThan(25);
  });

  it.each([401, 403, 404, 409, 429])(
    'keeps all where HTTP %d says who and when',
    async (status) => {
      const statuses = new Map([['000', status]]);
      const { queue, arrived } = world(statuses);
      for (const id of ids(4)) queue.add(one(id));
      await queue.flush();
      expect(arrived).toEqual([]);
      statuses.clear();
      await queue.flush();
      expect(arrived).toEqual(ids(4));
    },
  );

  it('is not held up by one at which the server fails again and again', async () => {
    const statuses = new Map([['001', 500]]);
    const { queue, arrived } = world(statuses);
    for (const id of ids(4)) queue.add(one(id));
    for (let flush = 0; flush < 5; flush += 1) await queue.flush();
    expect(arrived).toEqual(['000', '002', '003']);
    expect(queue.waiting).toBe(0);
  });

  it('loses nothing to a server that fails at everything for a while', async () => {
    const statuses = new Map(ids(4).map((id) => [id, 500]));
    const { queue, arrived } = world(statuses);
    for (const id of ids(4)) queue.add(one(id));
    for (let flush = 0; flush < 9; flush += 1) await queue.flush();
    expect(queue.waiting).toBe(4);
    statuses.clear();
    await queue.flush();
    expect(arrived.toSorted()).toEqual(ids(4));
  });
});

describe("a queue whose page becomes somebody else's", () => {
  function world(shelf: Shelf) {
    const arrived: [string, number | null][] = [];
    const server = { there: false };
    const queue = new ObservationQueue(async (batch, owner) => {
      if (!server.there) throw new Unreachable('gone');
      for (const { id } of batch) arrived.push([id, owner]);
    }, shelf);
    return { queue, arrived, server };
  }

  it.each([
    ['a shelf', () => new BoxShelf()],
    ['none', () => DENIED],
  ])('sends to nobody what was seen of another, with %s', async (_, shelf) => {
    const { queue, arrived, server } = world(shelf());
    queue.add(one('a'));
    await queue.belongTo(7);
    queue.add(one('b'));
    await queue.flush();
    server.there = true;
    await queue.belongTo(8);
    queue.add(one('c'));
    await queue.flush();
    expect(arrived).toEqual([['c', 8]]);
    await queue.belongTo(7);
    expect(arrived.slice(1)).toEqual([
      ['a', 7],
      ['b', 7],
    ]);
  });

  it('does not hand it over when the page is left', async () => {
    const { queue, arrived, server } = world(DENIED);
    await queue.belongTo(7);
    queue.add(one('a'));
    await queue.flush();
    await queue.belongTo(8);
    server.there = true;
    queue.leave();
    expect(arrived).toEqual([]);
  });
});
