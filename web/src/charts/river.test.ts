import { describe, expect, it } from 'vitest';
import { croppedStretch, riverLayers, stretchOf } from './river';
import { sumOf, totalOf } from './shares';

/** Every number of a path: x and y in turn, as its commands are M, L and C. */
function points(path: string): { x: number; y: number }[] {
  const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: numbers[i + 1] ?? NaN }] : []));
}

describe('the river', () => {
  it('of nothing is dry', () => {
    expect(riverLayers([], 300, 100)).toEqual([]);
    expect(riverLayers([{}, { anger: 0 }], 300, 100)).toEqual([]);
  });

  it('has light water above heavy, and none of what was not seen', () => {
    const layers = riverLayers([{ anger: 1, happiness: 1 }, { neutral: 2 }], 300, 100);
    expect(layers.map(({ label }) => label)).toEqual(['happiness', 'neutral', 'anger']);
  });

  it('is as high as the picture where most was seen, and lies around its middle', () => {
    const [only] = riverLayers([{ sadness: 60 }, { sadness: 30 }, { sadness: 60 }], 300, 100);
    const ys = points(only?.path ?? '').map(({ y }) => y);
    expect(Math.min(...ys)).toBeCloseTo(0);
    expect(Math.max(...ys)).toBeCloseTo(100);
    const middle = points(only?.path ?? '').filter(({ x }) => x === 150);
    expect(middle.map(({ y }) => y).sort((a, b) => a - b)).toEqual([25, 75]);
  });

  it('stays within its picture', () => {
    const buckets = [{ anger: 5, happiness: 20 }, {}, { fear: 1, unsure: 40 }, { surprise: 9 }];
    for (const { path, face } of riverLayers(buckets, 320, 120)) {
      for (const { x, y } of points(path)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(320);
        expect(y).toBeGreaterThanOrEqual(-0.01);
        expect(y).toBeLessThanOrEqual(120.01);
      }
      if (face) expect(face.x + face.size / 2).toBeLessThanOrEqual(320);
    }
  });

  it('carries a face where there is room for one', () => {
    const layers = riverLayers([{ neutral: 100, fear: 1 }, { neutral: 100 }], 300, 100);
    expect(layers.find(({ label }) => label === 'neutral')?.face?.size).toBe(30);
    expect(layers.find(({ label }) => label === 'fear')?.face).toBeNull();
  });
});

describe('a stretch of time', () => {
  const stretch = { startMs: 0, bucketMs: 10, buckets: [{}, {}, { fear: 1 }, {}, {}, {}] };

  it('is cut to where something was, with water on both sides', () => {
    expect(croppedStretch(stretch, [])).toEqual({
      startMs: 10,
      bucketMs: 10,
      buckets: [{}, { fear: 1 }, {}],
    });
    expect(croppedStretch(stretch, [59])?.buckets).toHaveLength(5);
    expect(croppedStretch({ ...stretch, buckets: [{}, {}] }, [])).toBeNull();
  });

  const seen = (at: string, emotion: 'anger' | 'unsure', more = {}) => ({
    ...{ observed_at: `2026-03-01T${at}Z`, duration_s: 600, unsure_share: 0, corrected: null },
    ...{ emotion, ...more },
  });
  const from = Date.parse('2026-03-01T09:00:00Z');
  const to = from + 3_600_000;

  it('holds every second once', () => {
    const { buckets, bucketMs } = stretchOf([seen('09:05:00', 'anger')], from, to);
    expect(buckets.length * bucketMs).toBeCloseTo(to - from);
    expect(totalOf(sumOf(buckets))).toBeCloseTo(600);
    const early = stretchOf([seen('08:55:00', 'anger')], from, to).buckets;
    expect(totalOf(sumOf(early))).toBeCloseTo(300);
  });

  it('is shared between the emotion and not being sure, until its user says what it was', () => {
    const guess = seen('09:00:00', 'anger', { unsure_share: 0.25 });
    expect(sumOf(stretchOf([guess], from, to).buckets)).toMatchObject({ anger: 450, unsure: 150 });
    const told = sumOf(stretchOf([{ ...guess, corrected: 'fear' }], from, to).buckets);
    expect(told.fear).toBeCloseTo(600);
    expect(told.unsure).toBe(0);
  });
});
