import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from './connection';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function gone() {
  const changes: boolean[] = [];
  const pings: number[] = [];
  let back = false;
  const connection: Connection = new Connection(
    async () => {
      pings.push(Date.now());
      connection.heard(back);
    },
    (online) => changes.push(online),
  );
  connection.heard(false);
  return { connection, changes, pings, comeBack: () => (back = true) };
}

describe('the connection', () => {
  it('asks more and more slowly while the server is gone', async () => {
    const { pings } = gone();
    const start = Date.now();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(pings.map((at) => (at - start) / 1000)).toEqual([1, 3, 7, 15, 31, 61, 91]);
  });

  it('tells each change once', async () => {
    const { changes, comeBack } = gone();
    await vi.advanceTimersByTimeAsync(10_000);
    comeBack();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(changes).toEqual([false, true]);
  });

  it('asks more and more slowly where the server answers and then keeps nothing', async () => {
    const asked: number[] = [];
    const connection: Connection = new Connection(
      async () => {
        asked.push(Date.now() - start);
        connection.heard(true);
      },
      // Back, it is told what waits for it.
      (online) => online && connection.heard(false),
    );
    const start = Date.now();
    connection.heard(false);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(asked.map((at) => at / 1000)).toEqual([1, 3, 7, 15, 31, 61, 91]);
  });

  it('asks quickly again once the server was there for a while', async () => {
    const { connection, pings, comeBack } = gone();
    await vi.advanceTimersByTimeAsync(10_000);
    comeBack();
    await vi.advanceTimersByTimeAsync(100_000);
    const before = pings.length;
    connection.heard(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pings.length).toBe(before + 1);
  });

  it('can be asked at once', async () => {
    const { connection, changes, comeBack } = gone();
    comeBack();
    connection.askNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(changes).toEqual([false, true]);
  });
});
