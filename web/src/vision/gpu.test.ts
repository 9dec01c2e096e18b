import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Gpu, inTime, openGpu } from './gpu';
import { Unfit } from './types';

const never = new Promise<never>(() => undefined);

function gpu(adapter: unknown): Gpu {
  return { requestAdapter: () => Promise.resolve(adapter) } as unknown as Gpu;
}

function adapter(device: () => unknown, isFallbackAdapter = false) {
  const limits = { maxBufferSize: 1, maxTextureDimension2D: 2 };
  return { info: { isFallbackAdapter }, limits, requestDevice: vi.fn(async () => device()) };
}

const broken = () => {
  throw new DOMException('driver', 'OperationError');
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a GPU', () => {
  it('is opened with the limits that it has, and no more', async () => {
    const good = adapter(() => 'device');
    expect(await openGpu(gpu(good))).toBe('device');
    expect(good.requestDevice).toHaveBeenCalledWith({ requiredLimits: good.limits });
  });

  it.each<[string, Gpu | undefined]>([
    ['WebGPU is missing', undefined],
    ['there is no adapter', gpu(null)],
    ['its adapter is software', gpu(adapter(() => 'device', true))],
    ['its device cannot be had', gpu(adapter(broken))],
    ['asking fails', { requestAdapter: () => Promise.reject(new Error('blocked')) } as never],
  ])('is unfit where %s', async (_, there) => {
    await expect(openGpu(there)).rejects.toBeInstanceOf(Unfit);
  });

  it.each<[string, Gpu]>([
    ['adapter', { requestAdapter: () => never } as never],
    ['device', gpu(adapter(() => never))],
  ])('is unfit where its %s never comes', async (_, there) => {
    const opening = expect(openGpu(there)).rejects.toBeInstanceOf(Unfit);
    await vi.advanceTimersByTimeAsync(10_000);
    await opening;
  });

  it('leaves no timer behind when it was in time', async () => {
    expect(await inTime('it', Promise.resolve(7))).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });
});
