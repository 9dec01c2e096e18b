import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { widenFloat16 } from './float16';

const file = (name: string) => new Uint8Array(readFileSync(`../models/${name}.tflite`));

describe('widening float16 weights', () => {
  it('makes the emotion model as large as its weights are in float32', () => {
    const model = file('emotion');
    const wide = widenFloat16(model);
    expect(wide.length).toBeGreaterThan(2.5 * model.length);
    // What lies before the weights is patched in place, and nowhere grows.
    expect(new TextDecoder().decode(wide.subarray(4, 8))).toBe('TFL3');
  });

  it('finds nothing left to do the second time', () => {
    const wide = widenFloat16(file('emotion'));
    expect(widenFloat16(wide)).toBe(wide);
  });

  it('leaves the file itself as it was', () => {
    const model = file('emotion');
    const before = model.slice();
    widenFloat16(model);
    expect(model.every((byte, index) => byte === before[index])).toBe(true);
  });
});
