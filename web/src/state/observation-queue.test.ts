import { describe, expect, it } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import type { Observation } from '../api/types';
import { ObservationQueue } from './observation-queue';
import type { Shelf } from './shelf';

/** A shelf that two pages can share. */
class BoxShelf implements Shelf {
  kept = new Map<string, { observation: Observation; owner: number | null }>();

  async put(observation: Observation, owner: number | null): Promise<void> {
    this.kept.set(observation.id, { observation, owner });
  }
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.kept.delete(id);
  }
  async of(owner: number | null): Promise<Observation[]> {
    return [...this.kept.values()]
      .filter((one) => one.owner === owner || one.owner === null)
      .map(({ observation }) => observation);
  }
  async clear(): Promise<void> {
    this.kept.clear();
  }
}

describe('the queue of observations', () => {
  const one = (id: string) => ({ id }) as Observation;

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
    for (let i = 0; i < 2050; i++) queue.add(one(String(i)));
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
