import { describe, expect, it } from 'vitest';
import { anchor, daysOf, neighbour, parsePeriod, periodAddress, periodOf, whenOf } from './periods';

const TODAY = '2026-11-23';
const parse = (kind: string, when?: string) => parsePeriod(kind, when, TODAY);

describe('periods', () => {
  it.each([
    ['day', '2026-11-23', '2026-11-23', '2026-11-23'],
    ['week', '2026-W48', '2026-11-23', '2026-11-29'],
    ['week', '2026-W53', '2026-12-28', '2027-01-03'],
    ['week', '2021-W01', '2021-01-04', '2021-01-10'],
    ['month', '2026-11', '2026-11-01', '2026-11-30'],
    ['month', '2024-02', '2024-02-01', '2024-02-29'],
    ['month', '2026-12', '2026-12-01', '2026-12-31'],
    ['year', '2026', '2026-01-01', '2026-12-31'],
  ])('%s %s lasts from %s to %s, and its address leads back to it', (kind, when, from, to) => {
    const period = parse(kind, when);
    expect(period).toEqual({ kind, from, to });
    expect(period && periodAddress(period)).toBe(`/statistics/${kind}/${when}`);
  });

  it.each([
    ['day', '2026-02-30'],
    ['week', '2026-W54'],
    ['week', '2026-W00'],
    ['week', '2026-11-23'],
    ['month', '2026-13'],
    ['month', '2026'],
    ['year', '26'],
    ['all', '2026'],
    ['decade', '2020'],
  ])('%s %s is none', (kind, when) => {
    expect(parse(kind, when)).toBeNull();
  });

  it('without a date is that of today', () => {
    expect(parse('week')).toEqual({ kind: 'week', from: '2026-11-23', to: '2026-11-29' });
    const all = parse('all');
    expect(all?.to).toBe(TODAY);
    expect(all && daysOf(all)).toHaveLength(3660);
    expect(all && periodAddress(all)).toBe('/statistics/all');
  });

  it('follow each other without a gap', () => {
    for (const kind of ['day', 'week', 'month', 'year'] as const) {
      const period = periodOf(kind, '2026-01-01', TODAY);
      const before = neighbour(period, -1, TODAY);
      expect(before && neighbour(before, 1, TODAY)).toEqual(period);
      expect(before && daysOf({ from: before.to, to: period.from })).toHaveLength(2);
    }
    expect(neighbour(periodOf('all', TODAY, TODAY), 1, TODAY)).toBeNull();
  });

  it('name a week by the year of its Thursday', () => {
    expect(whenOf(periodOf('week', '2027-01-01', TODAY))).toBe('2026-W53');
    expect(whenOf(periodOf('week', '2024-12-30', TODAY))).toBe('2025-W01');
  });

  it('keep today in view where they hold it, else their first day', () => {
    expect(anchor(periodOf('year', TODAY, TODAY), TODAY)).toBe(TODAY);
    expect(anchor(periodOf('month', '2026-03-09', TODAY), TODAY)).toBe('2026-03-01');
  });
});
