import { describe, expect, it } from 'vitest';
import { backends } from './backends';

const isolated = { crossOriginIsolated: true, SharedArrayBuffer };

describe('the ways to run models', () => {
  it.each([
    ['everything', { navigator: { gpu: {} }, ...isolated }, ['webgpu', 'threads', 'simd']],
    ['a GPU, but no isolation', { navigator: { gpu: {} }, SharedArrayBuffer }, ['webgpu', 'simd']],
    ['isolation, but no GPU', { navigator: {}, ...isolated }, ['threads', 'simd']],
    ['isolation without shared memory', { crossOriginIsolated: true }, ['simd']],
    ['nothing special', {}, ['simd']],
  ])('with %s', (_, surroundings, expected) => {
    expect(backends(surroundings)).toEqual(expected);
  });
});
