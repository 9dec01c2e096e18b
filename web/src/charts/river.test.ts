import { describe, expect, it } from 'vitest';
import { riverLayers, stretchOf } from './river';
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

  it('carries it in the middle of a wide place', () => {
    const wide = { neutral: 100 };
    const buckets = [{}, {}, ...new Array(5).fill(wide), {}, {}, {}];
    expect(riverLayers(buckets, 200, 100)[0]?.face?.x).toBe(90);
  });
});

describe('the stretch of a day', () => {
  const seen = (at: string, emotion: 'anger' | 'unsure', more = {}) => ({
    ...{ observed_at: `2026-03-01T${at}Z`, duration_s: 600, unsure_share: 0, corrected: null },
    ...{ emotion, ...more },
  });
  const seconds = (stretch: ReturnType<typeof stretchOf>) => sumOf(stretch?.buckets ?? []);

  it('is none where nothing was seen and nothing happened', () => {
    expect(stretchOf([], [])).toBeNull();
  });

  it('holds every second once, with a little water on both sides', () => {
    const stretch = stretchOf([seen('09:05:00', 'anger'), seen('11:20:00', 'unsure')], []);
    expect(seconds(stretch)).toMatchObject({ happiness: 0 });
    expect(totalOf(seconds(stretch))).toBeCloseTo(1200);
    expect(totalOf(stretch?.buckets[0] ?? {})).toBe(0);
    expect(totalOf(stretch?.buckets.at(-1) ?? {})).toBe(0);
    const start = stretch?.startMs ?? 0;
    expect(start).toBeGreaterThan(Date.parse('2026-03-01T09:00:00Z'));
    expect(start).toBeLessThan(Date.parse('2026-03-01T09:05:00Z'));
  });

  it('reaches to songs and entries, and lasts ten minutes at least', () => {
    const song = Date.parse('2026-03-01T20:00:00Z');
    const stretch = stretchOf([], [song]);
    expect((stretch?.bucketMs ?? 0) * (stretch?.buckets.length ?? 0)).toBeCloseTo(600_000);
    expect(stretch?.startMs).toBe(song - 300_000);
  });

  it('is shared between the emotion and not being sure, until its user says what it was', () => {
    const guess = seen('09:00:00', 'anger', { unsure_share: 0.25 });
    const read = seconds(stretchOf([guess], []));
    expect(read.anger).toBeCloseTo(450);
    expect(read.unsure).toBeCloseTo(150);
    const told = seconds(stretchOf([{ ...guess, corrected: 'fear' }], []));
    expect(told.fear).toBeCloseTo(600);
    expect(told.unsure).toBe(0);
  });
});
