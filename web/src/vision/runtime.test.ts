import * as litert from '@litertjs/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadRuntime } from './runtime';
import { Unfit } from './types';

// LiteRT needs a browser; what it does on a driver that hangs is written here.
vi.mock('@litertjs/core', () => ({
  Environment: { create: vi.fn() },
  getDefaultEnvironment: vi.fn(() => ({})),
  loadAndCompile: vi.fn(),
  loadLiteRt: vi.fn(async () => undefined),
  Tensor: class {
    delete(): void {}
  },
}));

const never = new Promise<never>(() => undefined);
const device = {} as GPUDevice;
const CONTENT = new Uint8Array(64);

function compiled(run: () => Promise<unknown>): void {
  const model = { getInputDetails: () => [{ shape: new Int32Array([1]) }], run };
  vi.mocked(litert.loadAndCompile).mockResolvedValue(model as never);
}

async function firstRun(on: GPUDevice | null): Promise<unknown> {
  const compile = await loadRuntime('/litert/', on ? 'webgpu' : 'simd', on);
  const model = await compile(CONTENT, 'a.tflite');
  return model.run(new Uint8Array(1));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(litert.Environment.create).mockResolvedValue({ webGpuDevice: device } as never);
  compiled(async () => []);
});

afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe('a GPU', () => {
  it.each<[string, () => unknown]>([
    ['its environment', () => vi.mocked(litert.Environment.create).mockReturnValue(never)],
    ['compiling', () => vi.mocked(litert.loadAndCompile).mockReturnValue(never)],
    ['the first run', () => compiled(() => never)],
    [
      'reading what it computed',
      () => compiled(async () => [{ data: () => never, delete: vi.fn() }]),
    ],
  ])('is unfit where %s hangs', async (_, hang) => {
    hang();
    const running = expect(firstRun(device)).rejects.toBeInstanceOf(Unfit);
    await vi.advanceTimersByTimeAsync(10_000);
    await running;
  });

  it('leaves no timer behind where all is in time', async () => {
    expect(await firstRun(device)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a processor', () => {
  it('has all the time that it needs', async () => {
    compiled(() => new Promise((resolve) => setTimeout(resolve, 60_000, [])));
    const running = firstRun(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await running).toEqual([]);
  });
});
