import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadRuntime } from './runtime';
import { Unfit } from './types';

// LiteRT needs a browser; what it does on a driver that hangs is written here.
const litert = vi.hoisted(() => ({
  Environment: { create: vi.fn() },
  getDefaultEnvironment: vi.fn(() => ({})),
  loadAndCompile: vi.fn(),
  loadLiteRt: vi.fn(async () => undefined),
  Tensor: class {
    delete(): void {}
  },
}));
vi.mock('@litertjs/core', () => litert);

const never = new Promise<never>(() => undefined);
const device = {} as GPUDevice;
const CONTENT = new Uint8Array(64);

function compiled(run: () => Promise<unknown>): void {
  const model = { getInputDetails: () => [{ shape: new Int32Array([1]) }], run };
  litert.loadAndCompile.mockResolvedValue(model);
}

async function firstRun(on: GPUDevice | null): Promise<unknown> {
  const compile = await loadRuntime('/litert/', on ? 'webgpu' : 'simd', on);
  const model = await compile(CONTENT, 'a.tflite');
  return model.run(new Uint8Array(1));
}

beforeEach(() => {
  vi.useFakeTimers();
  litert.Environment.create.mockResolvedValue({ webGpuDevice: device });
  compiled(async () => []);
});

afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe('a GPU', () => {
  it.each<[string, () => unknown]>([
    ['its environment', () => litert.Environment.create.mockReturnValue(never)],
    ['compiling', () => litert.loadAndCompile.mockReturnValue(never)],
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
