import { describe, expect, it } from 'vitest';
import { addDays, dayOf, instantOf, isDay, timeIn } from './days';
import { clockTime, longDay, percent, spokenDuration, timeOfDay } from './format';

describe('days', () => {
  it('are those of the place where the user lives', () => {
    const instant = new Date('2026-03-01T15:30:00Z');
    expect(dayOf(instant, 'Asia/Seoul')).toBe('2026-03-02');
    expect(dayOf(instant, 'UTC')).toBe('2026-03-01');
    expect(dayOf(new Date('2026-01-01T04:59:00Z'), 'America/New_York')).toBe('2025-12-31');
  });

  it('follow each other across months, years and changes of the clock', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  });

  it.each([
    ['2026-11-23', '07:30', 'Asia/Seoul', '2026-11-22T22:30:00.000Z'],
    ['2026-11-23', '23:59', 'America/New_York', '2026-11-24T04:59:00.000Z'],
    // Clocks go forward at 02:00 and back at 03:00.
    ['2026-03-29', '01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', '03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', '03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
  ])('%s %s in %s is %s', (day, time, zone, instant) => {
    expect(instantOf(day, time, zone).toISOString()).toBe(instant);
    expect(timeIn(new Date(instant), zone)).toBe(time);
  });

  it('that do not exist are refused', () => {
    expect(isDay('2026-02-28')).toBe(true);
    expect(isDay('2026-02-30')).toBe(false);
    expect(isDay('2026-2-3')).toBe(false);
    expect(isDay('today')).toBe(false);
  });
});

describe('times', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [187, '3:07'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('%d seconds read %s', (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });

  it('are told in the zone and the manner of the user', () => {
    const instant = '2026-03-01T15:30:00Z';
    expect(timeOfDay(instant, 'ko-KR', 'Asia/Seoul')).toMatch(/^(오전|AM) 12:30$/);
    expect(timeOfDay(instant, 'en-GB', 'Europe/London')).toBe('15:30');
    expect(longDay('2026-03-01', 'ko-KR')).toBe('2026년 3월 1일 일요일');
  });

  it('that last are told in two units at most', () => {
    expect(spokenDuration(40, 'en')).toBe('40 sec');
    expect(spokenDuration(59.7, 'en')).toBe('1 min');
    expect(spokenDuration(3600, 'en')).toBe('1 hr');
    expect(spokenDuration(7500, 'ko')).toBe('2시간 5분');
  });

  it('shares are whole percents', () => {
    expect(percent(0.626, 'en')).toBe('63%');
  });
});
