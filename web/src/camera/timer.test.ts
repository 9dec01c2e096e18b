import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTimer, type TimerWorker } from './timer';
import type { ToTimer } from './timer-worker';

/** The worker's own code, in a place of its own. */
async function realWorker(): Promise<TimerWorker & { ended: boolean }> {
  const scope = { onmessage: null as ((event: { data: ToTimer }) => void) | null };
  const worker: TimerWorker & { ended: boolean } = {
    ended: false,
    onmessage: null,
    onerror: null,
    postMessage: (data) => scope.onmessage?.({ data }),
    terminate: () => (worker.ended = true),
  };
  vi.stubGlobal('self', {
    postMessage: (data: number) =>
      worker.ended || worker.onmessage?.({ data } as MessageEvent<number>),
    set onmessage(handler: typeof scope.onmessage) {
      scope.onmessage = handler;
    },
  });
  vi.resetModules();
  await import('./timer-worker');
  return worker;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the timer in a worker', () => {
  it('calls back once, in time, each for itself', async () => {
    const worker = await realWorker();
    const { after } = startTimer(() => worker);
    const [soon, late] = [vi.fn(), vi.fn()];
    after(60, soon);
    after(1000, late);
    await vi.advanceTimersByTimeAsync(999);
    expect([soon, late].map((called) => called.mock.calls.length)).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([soon, late].map((called) => called.mock.calls.length)).toEqual([1, 1]);
  });

  it('does not call whoever needs it no more, and keeps nothing going for them', async () => {
    const worker = await realWorker();
    const { after } = startTimer(() => worker);
    const called = vi.fn();
    const cancel = after(60, called);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(called).not.toHaveBeenCalled();
  });

  it('is the page itself where there is no worker', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { after } = startTimer(() => {
      throw new Error('no worker');
    });
    const called = vi.fn();
    after(60, called);
    after(60, called)();
    await vi.advanceTimersByTimeAsync(60);
    expect(called).toHaveBeenCalledTimes(1);
  });

  it('that dies calls whoever waits, and the page takes over', async () => {
    const worker = await realWorker();
    const { after } = startTimer(() => worker);
    const [waiting, later] = [vi.fn(), vi.fn()];
    after(1000, waiting);
    worker.onerror?.({} as ErrorEvent);
    expect(waiting).toHaveBeenCalledTimes(1);
    expect(worker.ended).toBe(true);
    after(60, later);
    await vi.advanceTimersByTimeAsync(60);
    expect(later).toHaveBeenCalledTimes(1);
    expect(waiting).toHaveBeenCalledTimes(1);
  });

  it('ends with whoever started it, and calls nobody then', async () => {
    const worker = await realWorker();
    const { after, close } = startTimer(() => worker);
    const called = vi.fn();
    after(60, called);
    close();
    expect(worker.ended).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(called).not.toHaveBeenCalled();
  });
});
