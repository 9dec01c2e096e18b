import { describe, expect, it } from 'vitest';
import { clockTicks, columnPiles, evenTicks, ringSlices } from './plots';
import { sharesOf } from './shares';

describe('the ring', () => {
  it('has a slice for each share, with a face where one fits', () => {
    const slices = ringSlices(sharesOf({ happiness: 95, fear: 5 }), 100);
    expect(slices.map(({ label }) => label)).toEqual(['happiness', 'fear']);
    expect(slices[0]?.face).not.toBeNull();
    expect(slices[1]?.face).toBeNull();
  });

  it('of one emotion is closed', () => {
    const [slice] = ringSlices(sharesOf({ neutral: 5 }), 100);
    expect(slice?.share).toBe(1);
    // Two circles, outer and inner.
    expect(slice?.path.match(/M/g)).toHaveLength(2);
  });

  it('begins at the top and goes clockwise', () => {
    const [first] = ringSlices(sharesOf({ happiness: 3, fear: 1 }), 100);
    expect(first?.face?.x).toBeGreaterThan(0);
  });
});

describe('columns', () => {
  it('are as high as what was seen, heavy below, and the highest fills the height', () => {
    const [none, half, full] = columnPiles([{}, { anger: 5 }, { anger: 5, happiness: 5 }], 300, 80);
    expect(none?.parts).toEqual([]);
    expect(none?.top).toBe(80);
    expect(half?.top).toBe(40);
    expect(full?.parts).toEqual([
      { label: 'anger', y: 40, height: 40 },
      { label: 'happiness', y: 0, height: 40 },
    ]);
  });

  it('stay apart and inside', () => {
    const columns = columnPiles(new Array(7).fill({ fear: 1 }), 280, 80);
    columns.forEach(({ x, width }, i) => {
      expect(x + width).toBeLessThanOrEqual(columns[i + 1]?.x ?? 280);
    });
  });
});

describe('ticks of the clock', () => {
  const utc = (ms: number) => (ms / 60_000) % 1440;
  const stretch = (from: string, minutes: number) => ({
    startMs: Date.parse(`2026-03-01T${from}Z`),
    bucketMs: 60_000,
    buckets: new Array(minutes).fill({}),
  });
  const times = (ticks: number[]) => ticks.map((at) => new Date(at).toISOString().slice(11, 16));

  it('stand at round times', () => {
    expect(times(clockTicks(stretch('09:07:30', 55), 720, utc))).toEqual([
      ...['09:10', '09:20', '09:30', '09:40', '09:50', '10:00'],
    ]);
    expect(times(clockTicks(stretch('00:00:00', 1440), 328, utc))).toEqual([
      ...['00:00', '06:00', '12:00', '18:00', '00:00'],
    ]);
  });

  it('are those of the place, also where it is half an hour apart', () => {
    const india = (ms: number) => (ms / 60_000 + 330) % 1440;
    expect(times(clockTicks(stretch('09:00:00', 240), 300, india))).toEqual([
      ...['09:30', '10:30', '11:30', '12:30'],
    ]);
  });

  it('among days leave room for their names', () => {
    expect(evenTicks(30, 328, 48)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(evenTicks(7, 700, 48)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
