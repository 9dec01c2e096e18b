/** The stretches of time that statistics are for. Weeks begin on Monday, as ISO 8601 has it. */
import { addDays, isDay } from './days';

export const PERIOD_KINDS = ['day', 'week', 'month', 'year', 'all'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

export interface Period {
  kind: PeriodKind;
  /** First day. */
  from: string;
  /** Last day, included. */
  to: string;
}

/** The most that the server tells at once. */
const MOST_DAYS = 3660;

/** `when` as in an address; none: the period of `today`. Null where there is no such period. */
export function parsePeriod(kind: string, when: string | undefined, today: string): Period | null {
  if (!isPeriodKind(kind)) return null;
  if (when === undefined) return periodOf(kind, today, today);
  if (kind === 'all') return null;
  const day = firstDay(kind, when);
  return day && isDay(day) ? periodOf(kind, day, today) : null;
}

/** The period that holds a day. */
export function periodOf(kind: PeriodKind, day: string, today: string): Period {
  switch (kind) {
    case 'day':
      return { kind, from: day, to: day };
    case 'week': {
      const from = addDays(day, -weekday(day));
      return { kind, from, to: addDays(from, 6) };
    }
    case 'month':
      return { kind, from: `${day.slice(0, 7)}-01`, to: addDays(nextMonth(day), -1) };
    case 'year':
      return { kind, from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` };
    case 'all':
      return { kind, from: addDays(today, 1 - MOST_DAYS), to: today };
  }
}

/** What an address says of it: "2026-11-23", "2026-W48", "2026-11", "2026"; nothing for all. */
export function whenOf({ kind, from }: Period): string {
  switch (kind) {
    case 'day':
      return from;
    case 'week': {
      // The week belongs to the year of its Thursday.
      const thursday = addDays(from, 3);
      const year = thursday.slice(0, 4);
      const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
      return `${year}-W${String(week).padStart(2, '0')}`;
    }
    case 'month':
      return from.slice(0, 7);
    case 'year':
      return from.slice(0, 4);
    case 'all':
      return '';
  }
}

export function periodAddress(period: Period): string {
  return ['/statistics', period.kind, whenOf(period)].filter(Boolean).join('/');
}

/** The one before or after; null beside `all`. */
export function neighbour(period: Period, side: -1 | 1, today: string): Period | null {
  if (period.kind === 'all') return null;
  const day = side < 0 ? addDays(period.from, -1) : addDays(period.to, 1);
  return isDay(day) ? periodOf(period.kind, day, today) : null;
}

/** The day to keep in view when another kind of period is chosen. */
export function anchor({ from, to }: Period, today: string): string {
  return from <= today && today <= to ? today : from;
}

/** Every day of it, in order. */
export function daysOf({ from, to }: Pick<Period, 'from' | 'to'>): string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
}

/** 0 is Monday. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function isPeriodKind(text: string): text is PeriodKind {
  return PERIOD_KINDS.some((kind) => kind === text);
}

function nextMonth(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function firstDay(kind: PeriodKind, when: string): string | null {
  switch (kind) {
    case 'day':
      return when;
    case 'month':
      return `${when}-01`;
    case 'year':
      return /^\d{4}$/.test(when) ? `${when}-01-01` : null;
    default: {
      const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(when) ?? [];
      if (!year || !week) return null;
      // The fourth of January is always in the first week.
      const fourth = `${year}-01-04`;
      const monday = addDays(addDays(fourth, -weekday(fourth)), 7 * (Number(week) - 1));
      return whenOf({ kind: 'week', from: monday, to: monday }) === when ? monday : null;
    }
  }
}
