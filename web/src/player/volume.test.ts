import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Volume } from './volume';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the volume', () => {
  it('glides, step by step and never past its aim', async () => {
    const heard: number[] = [];
    const volume = new Volume((level) => heard.push(level));
    volume.set(0.2);
    const there = volume.glide(0.8, 1);
    await vi.advanceTimersByTimeAsync(1000);
    await there;
    expect(heard).toHaveLength(21);
    expect(heard.every((level, i) => level >= (heard[i - 1] ?? 0) && level <= 0.8)).toBe(true);
    expect(heard.at(-1)).toBe(0.8);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toHaveLength(21);
  });

  it('takes as long in a hidden page, whose timers come once a second', async () => {
    const heard: number[] = [];
    const volume = new Volume((level) => heard.push(level));
    volume.set(1);
    let tick: () => void = () => undefined;
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((act: () => void) => {
      tick = act;
      return 0;
    }) as never);
    const down = volume.glide(0, 2);
    await vi.advanceTimersByTimeAsync(1000);
    tick();
    await vi.advanceTimersByTimeAsync(1000);
    tick();
    await down;
    expect(heard).toEqual([1, 0.5, 0]);
  });

  it('turns round from where it is when it is sent elsewhere', async () => {
    const heard: number[] = [];
    const volume = new Volume((level) => heard.push(level));
    volume.set(1);
    const down = volume.glide(0, 2);
    await vi.advanceTimersByTimeAsync(1000);
    const up = volume.glide(1, 1);
    await down;
    await vi.advanceTimersByTimeAsync(1000);
    await up;
    expect(Math.min(...heard)).toBeCloseTo(0.5);
    expect(heard.at(-1)).toBe(1);
  });
});
