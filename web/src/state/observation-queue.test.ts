import { describe, expect, it, vi } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import type { Observation } from '../api/types';
import { FakeLocks, settle } from './fake-locks';
import { BoxShelf, DENIED, one } from './fake-shelf';
import { ObservationQueue } from './observation-queue';
import type { Shelf } from './shelf';

describe('the queue of observations', () => {
  it('keeps what could not be delivered, and delivers it once, in order', async () => {
    const arrived: string[] = [];
    let gone = true;
    const queue = new ObservationQueue(async (batch) => {
      if (gone) throw new Unreachable('gone');
      arrived.push(...batch.map(({ id }) => id));
    }, new BoxShelf());
    queue.add(one('a'));
    queue.add(one('b'));
    await queue.flush();
    expect(queue.waiting).toBe(2);
    gone = false;
    await queue.flush();
    expect(arrived).toEqual(['a', 'b']);
    expect(queue.waiting).toBe(0);
  });

  it('drops what the server refuses, so that the rest can follow', async () => {
    const arrived: string[] = [];
    const queue = new ObservationQueue(async (batch) => {
      if (batch[0]?.id === 'bad') throw new ApiError(422, 'invalid_input', 'bad');
      arrived.push(...batch.map(({ id }) => id));
    }, new BoxShelf());
    queue.add(one('bad'));
    await queue.flush();
    queue.add(one('good'));
    await queue.flush();
    expect(arrived).toEqual(['good']);
  });

  it.each([401, 429, 500])('keeps what the server cannot take now, HTTP %d', async (status) => {
    const arrived: string[] = [];
    let busy = true;
    const queue = new ObservationQueue(async (batch) => {
      if (busy) throw new ApiError(status, 'unknown', 'not now');
      arrived.push(...batch.map(({ id }) => id));
    }, new BoxShelf());
    queue.add(one('a'));
    queue.add(one('b'));
    await queue.flush();
    busy = false;
    await queue.flush();
    expect(arrived).toEqual(['a', 'b']);
  });

  it('sends hours that waited for the server, as many at a time as it takes', async () => {
    const sizes: number[] = [];
    let gone = true;
    const queue = new ObservationQueue(async (batch) => {
      if (gone) throw new Unreachable('gone');
      sizes.push(batch.length);
    }, new BoxShelf());
    for (let i = 0; i < 2050; i++) queue.add(one(String(i).padStart(4, '0')));
    await queue.flush();
    gone = false;
    await queue.flush();
    expect(sizes).toEqual([...Array<number>(20).fill(100), 50]);
  });

  it('takes up what an earlier page left, before its own, and clears the shelf', async () => {
    const shelf = new BoxShelf();
    const before = new ObservationQueue(async () => {
      throw new Unreachable('gone');
    }, shelf);
    await before.belongTo(7);
    before.add(one('a'));
    before.add(one('b'));
    await before.flush();
    const arrived: string[] = [];
    let gone = true;
    const after = new ObservationQueue(async (batch) => {
      if (gone) throw new Unreachable('gone');
      arrived.push(...batch.map(({ id }) => id));
    }, shelf);
    after.add(one('c'));
    await after.flush();
    gone = false;
    await after.belongTo(7);
    expect(arrived).toEqual(['a', 'b', 'c']);
    expect(shelf.kept.size).toBe(0);
  });

  it('never sends what somebody else left', async () => {
    const shelf = new BoxShelf();
    const before = new ObservationQueue(async () => {
      throw new Unreachable('gone');
    }, shelf);
    await before.belongTo(7);
    before.add(one('a'));
    await before.flush();
    const arrived: string[] = [];
    const after = new ObservationQueue(async (batch) => {
      arrived.push(...batch.map(({ id }) => id));
    }, shelf);
    await after.belongTo(8);
    expect(arrived).toEqual([]);
  });
});

describe('the queues of two tabs', () => {
  /** Two queues on one shelf; the server is there when it is told so, and takes its time. */
  async function tabs(shelf: Shelf = new BoxShelf()) {
    const server = { there: false, arrived: [] as string[], meanwhile: 0, most: 0 };
    const locks = new FakeLocks();
    const post = async (batch: Observation[]) => {
      if (!server.there) throw new Unreachable('gone');
      server.meanwhile += 1;
      server.most = Math.max(server.most, server.meanwhile);
      await settle();
      server.meanwhile -= 1;
      server.arrived.push(...batch.map(({ id }) => id));
    };
    const queues = [1, 2].map(() => new ObservationQueue(post, shelf, undefined, locks));
    const [left, right] = queues as [ObservationQueue, ObservationQueue];
    await Promise.all(queues.map((queue) => queue.belongTo(7)));
    return { server, left, right, all: () => Promise.all(queues.map((queue) => queue.flush())) };
  }

  it('send each observation once, in order of time, whichever tab it came from', async () => {
    const { server, left, right, all } = await tabs();
    left.add(one('a'));
    right.add(one('b'));
    left.add(one('c'));
    await all();
    right.add(one('d'));
    await all();
    server.there = true;
    await all();
    expect(server.arrived).toEqual(['a', 'b', 'c', 'd']);
    expect(server.most).toBe(1);
    expect([left.waiting, right.waiting]).toEqual([0, 0]);
  });

  it('send what the other tab left behind', async () => {
    const { server, left, right } = await tabs();
    left.add(one('a'));
    await left.flush();
    server.there = true;
    right.add(one('b'));
    await right.flush();
    expect(server.arrived).toEqual(['a', 'b']);
  });

  it('send nothing that the other has thrown away', async () => {
    const { server, left, right } = await tabs();
    left.add(one('a'));
    await left.flush();
    await right.clear();
    server.there = true;
    await left.flush();
    expect(server.arrived).toEqual([]);
  });

  it('lose nothing where nothing can be kept on the device', async () => {
    const { server, left, right, all } = await tabs(DENIED);
    left.add(one('a'));
    right.add(one('b'));
    await all();
    server.there = true;
    await all();
    expect(server.arrived.toSorted()).toEqual(['a', 'b']);
  });

  it('do not wait for ever for a tab that sleeps in its turn', async () => {
    const locks = new FakeLocks();
    void locks.request('today-feeling.sending', {}, () => new Promise(() => undefined));
    const slept = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const arrived: string[] = [];
    const post = async (batch: Observation[]) => void arrived.push(...batch.map(({ id }) => id));
    const queue = new ObservationQueue(post, new BoxShelf(), undefined, locks);
    queue.add(one('a'));
    await queue.flush();
    expect(arrived).toEqual(['a']);
    slept.mockRestore();
  });
});
