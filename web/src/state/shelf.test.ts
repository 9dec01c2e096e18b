import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../api/types';
import { IndexedShelf, type Kept } from './shelf';

const kept = (id: string, owner: number | null): Kept => {
  return { id, owner, observation: { id, observed_at: id } as Observation };
};

/** A browser's databases, and every connection that a page has opened to them. */
function browser() {
  const factory = new IDBFactory();
  const opened: IDBDatabase[] = [];
  const closed: IDBDatabase[] = [];
  const open = factory.open.bind(factory);
  vi.spyOn(factory, 'open').mockImplementation((...given) => {
    const request = open(...given);
    request.addEventListener('success', () => {
      const database = request.result;
      opened.push(database);
      const close = database.close.bind(database);
      database.close = () => {
        closed.push(database);
        close();
      };
    });
    return request;
  });
  return { factory: () => factory, opened, closed };
}

afterEach(() => vi.restoreAllMocks());

describe('the shelf', () => {
  it('is one for all tabs, and shows each person only what is theirs or nobody’s', async () => {
    const { factory } = browser();
    const [left, right] = [new IndexedShelf(factory), new IndexedShelf(factory)];
    await left.put(kept('a', 7));
    await right.put(kept('b', 8));
    await left.put(kept('c', null));
    expect((await right.of(7))?.map(({ id }) => id)).toEqual(['a', 'c']);
    await right.remove(['a']);
    expect((await left.of(7))?.map(({ id }) => id)).toEqual(['c']);
    await left.clear();
    expect(await right.of(8)).toEqual([]);
  });

  it('keeps its one connection on a full disk, and goes on when there is room again', async () => {
    const { factory, opened, closed } = browser();
    const shelf = new IndexedShelf(factory);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    for (const id of ['a', 'b', 'c']) expect(await shelf.put(kept(id, 7))).toBe(false);
    expect(await shelf.of(7)).toEqual([]);
    full.mockRestore();
    expect(await shelf.put(kept('d', 7))).toBe(true);
    expect(opened).toHaveLength(1);
    expect(closed).toEqual([]);
  });

  it('opens another connection where the browser has closed the one that there was', async () => {
    const { factory, opened } = browser();
    const shelf = new IndexedShelf(factory);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await shelf.put(kept('a', 7));
    opened[0]?.close();
    expect(await shelf.of(7)).toBeNull();
    expect(await shelf.of(7)).toHaveLength(1);
    expect(opened).toHaveLength(2);
  });

  it('lets another tab renew the database', async () => {
    const { factory, closed } = browser();
    const shelf = new IndexedShelf(factory);
    await shelf.put(kept('a', 7));
    const deleted = factory().deleteDatabase('today-feeling');
    await new Promise((resolve) => (deleted.onsuccess = resolve));
    expect(closed).toHaveLength(1);
    expect(await shelf.of(7)).toEqual([]);
  });

  it.each([
    ['there is none', () => undefined],
    [
      'it is denied',
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
    ],
  ])('keeps nothing and troubles nobody where %s', async (_, factory) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const shelf = new IndexedShelf(factory);
    expect(await shelf.put(kept('a', 7))).toBe(false);
    expect(await shelf.of(7)).toBeNull();
    await shelf.remove(['a']);
    await shelf.clear();
  });
});
