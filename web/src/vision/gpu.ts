/** A GPU to run models on: the thrifty one, and never a processor that pretends to be one. */

import { Unfit } from './types';

/** A driver that needs longer hangs, or makes the user wait for more than it gains, milliseconds. */
const PATIENCE_MS = 4_000;
/** One reading of a crop takes a third of this on a slow processor, milliseconds. */
export const SLOW_MS = 15;

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxTextureDimension2D',
] as const;

/** Rejects with Unfit where a step takes too long. */
export function inTime<T>(what: string, step: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Unfit('unsupported', `the GPU: ${what} took too long`)),
      PATIENCE_MS,
    );
  });
  return Promise.race([step, late]).finally(() => clearTimeout(timer));
}

/** Where WebGPU begins; the part of `navigator.gpu` that is used here. */
export type Gpu = Pick<GPU, 'requestAdapter'>;

/**
 * Half precision is not asked for: all ways of running a model give the same numbers.
 *
 * @throws Unfit where there is none, or it cannot be had.
 */
export async function openGpu(gpu: Gpu | undefined): Promise<GPUDevice> {
  try {
    const asked = gpu?.requestAdapter({ powerPreference: 'low-power' });
    const adapter = asked && (await inTime('asking for it', asked));
    if (!adapter) throw new Error('there is none');
    if (adapter.info.isFallbackAdapter) throw new Error('it is made of software');
    const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
    return await inTime('opening it', adapter.requestDevice({ requiredLimits }));
  } catch (error) {
    if (error instanceof Unfit) throw error;
    throw new Unfit('unsupported', `no GPU: ${String(error)}`);
  }
}
