import { describe, expect, it } from 'vitest';
import type { DayStatistics } from '../api/statistics';
import { sumOf, totalOf } from '../charts/shares';
import { flowOf } from './flow';
import { periodOf } from './periods';

const TODAY = '2026-11-23';
const EN = { locale: 'en', zone: 'Asia/Seoul' };

function seen(date: string, happiness: number): DayStatistics {
  const seconds = sumOf([{ happiness }]);
  return { date, seconds, emotion: 'happiness', certainty: 1, plays: 0, entries: 0 };
}

describe('how emotions flowed', () => {
  it('is not told where nothing was seen, nor for a day', () => {
    const month = periodOf('month', TODAY, TODAY);
    expect(flowOf(month, [], null, EN)).toBeNull();
    expect(flowOf(month, [seen(TODAY, 0)], null, EN)).toBeNull();
    expect(flowOf(periodOf('day', TODAY, TODAY), [seen(TODAY, 5)], null, EN)).toBeNull();
  });

  it('of a month has a bucket for each day', () => {
    const flow = flowOf(periodOf('month', TODAY, TODAY), [seen(TODAY, 5)], null, EN);
    expect(flow?.stretch.buckets.map(totalOf)).toEqual([
      ...new Array(22).fill(0),
      5,
      ...new Array(7).fill(0),
    ]);
    expect(flow?.names[22]).toEqual({ short: '23', name: 'Monday, November 23, 2026' });
  });

  it('of a year has a bucket for each week, and loses no day at either end', () => {
    const days = [seen('2026-01-01', 1), seen('2026-01-05', 2), seen('2026-12-31', 4)];
    const flow = flowOf(periodOf('year', TODAY, TODAY), days, null, EN);
    const totals = flow?.stretch.buckets.map(totalOf) ?? [];
    expect(totals).toHaveLength(53);
    expect([totals[0], totals[1], totals[52]]).toEqual([1, 2, 4]);
  });

  it('of all goes from the first month with something to the last', () => {
    const days = [seen('2025-11-30', 1), seen('2026-01-31', 2), seen('2026-01-01', 3)];
    const flow = flowOf(periodOf('all', TODAY, TODAY), days, null, EN);
    expect(flow?.stretch.buckets.map(totalOf)).toEqual([1, 0, 5]);
    expect(flow?.names.map(({ name }) => name)).toEqual([
      ...['November 2025', 'December 2025', 'January 2026'],
    ]);
  });

  it('of a week is what the server says, told where the user lives', () => {
    const timeline = {
      starts_at: '2026-11-22T15:00:00Z',
      bucket_s: 7200,
      buckets: [{ seconds: { fear: 1 } }, { seconds: {} }],
    };
    const flow = flowOf(periodOf('week', TODAY, TODAY), [seen(TODAY, 5)], timeline, EN);
    expect(flow?.stretch.buckets).toEqual([{ fear: 1 }, {}]);
    expect(flow?.names[1]?.name).toMatch(/^Monday.* 2:00/);
    expect(flow?.names.map(({ short }) => short)).toEqual(['Mon', '']);
  });
});
