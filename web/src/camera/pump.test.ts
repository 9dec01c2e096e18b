import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPump, type FrameSource } from './pump';

/** A camera that counts its frames. */
class FakeSource implements FrameSource<number> {
  newest = 0;
  private callback: (() => void) | null = null;

  onFrame(callback: () => void): () => void {
    this.callback = callback;
    return () => (this.callback = null);
  }

  grab(): number | null {
    return this.newest || null;
  }

  /** The next picture; a page that is not visible is not told of it. */
  frame(told = true): void {
    this.newest += 1;
    if (told) this.callback?.();
  }
}

const OFTEN = { intervalMs: () => 60 };

/** Lets frames come at a rate for a while. */
async function run(source: FakeSource, rate: number, seconds: number, told = true): Promise<void> {
  for (let frame = 0; frame < Math.round(rate * seconds); frame += 1) {
    await vi.advanceTimersByTimeAsync(1000 / rate);
    source.frame(told);
    await vi.advanceTimersByTimeAsync(0);
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the frame pump', () => {
  it.each([
    [5, 5],
    [15, 15],
    [30, 15],
    [60, 15],
  ])('looks at a camera of %i frames/s about %i times a second', async (rate, expected) => {
    const source = new FakeSource();
    const look = vi.fn(() => Promise.resolve());
    const stop = startPump(source, look, vi.fn(), OFTEN);
    await run(source, rate, 4);
    stop();
    expect(look.mock.calls.length / 4).toBeGreaterThan(expected * 0.8);
    expect(look.mock.calls.length / 4).toBeLessThan(expected * 1.2);
  });

  it('has one frame in flight, drops what comes meanwhile, and then takes the newest', async () => {
    const source = new FakeSource();
    const seen: number[] = [];
    let inFlight = 0;
    const look = async (frame: number): Promise<void> => {
      inFlight += 1;
      expect(inFlight).toBe(1);
      seen.push(frame);
      await wait(450);
      inFlight -= 1;
    };
    const stop = startPump(source, look, vi.fn(), OFTEN);
    await run(source, 10, 2);
    stop();
    expect(seen).toEqual([1, 6, 11, 16]);
  });

  it('goes on by itself where no frame is announced, as in a hidden page', async () => {
    const source = new FakeSource();
    const look = vi.fn(() => Promise.resolve());
    const stop = startPump(source, look, vi.fn(), OFTEN);
    await run(source, 30, 3, false);
    stop();
    expect(look.mock.calls.length).toBeGreaterThan(10);
  });

  it('follows the pace that is wanted, and is not told of frames while it waits long', async () => {
    const source = new FakeSource();
    let intervalMs = 60;
    const look = vi.fn(() => Promise.resolve());
    const told = vi.spyOn(source, 'onFrame');
    const stop = startPump(source, look, vi.fn(), { intervalMs: () => intervalMs });
    await run(source, 30, 2);
    const [quickLooks, quickTold] = [look.mock.calls.length, told.mock.calls.length];
    intervalMs = 1000;
    await run(source, 30, 5);
    intervalMs = 60;
    await run(source, 30, 2);
    stop();
    expect(quickLooks).toBeGreaterThan(24);
    const slowLooks = look.mock.calls.length - 2 * quickLooks;
    expect(slowLooks).toBeGreaterThan(0);
    expect(slowLooks).toBeLessThan(8);
    expect(told.mock.calls.length).toBeLessThan(2 * quickTold + 3);
  });

  it('tells the time in seconds', async () => {
    const source = new FakeSource();
    const times: number[] = [];
    const look = (_: number, timeS: number): Promise<void> => {
      times.push(timeS);
      return Promise.resolve();
    };
    const stop = startPump(source, look, vi.fn(), OFTEN);
    await run(source, 10, 2);
    stop();
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeCloseTo(1.9, 3);
  });

  it('stops and tells when a look fails', async () => {
    const source = new FakeSource();
    const failed = vi.fn();
    const look = vi.fn(() => Promise.reject(new Error('the worker is gone')));
    startPump(source, look, failed, OFTEN);
    await run(source, 10, 2);
    expect(look).toHaveBeenCalledTimes(1);
    expect(failed).toHaveBeenCalledTimes(1);
  });

  it('is silent once stopped', async () => {
    const source = new FakeSource();
    const look = vi.fn(() => Promise.resolve());
    startPump(source, look, vi.fn(), OFTEN)();
    await run(source, 10, 2);
    expect(look).not.toHaveBeenCalled();
  });
});
