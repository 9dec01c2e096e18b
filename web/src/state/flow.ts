import type { DayStatistics, Timeline } from '../api/statistics';
import type { Stretch } from '../charts/river';
import { sumOf, totalOf } from '../charts/shares';
import { addDays } from './days';
import { dayIn, longDay } from './format';
import { daysOf, weekday, type Period } from './periods';

export interface Flow {
  stretch: Stretch;
  /** Of each bucket: for the axis, where it has one, and in full. */
  names: { short: string; name: string }[];
}

const DAY_MS = 86_400_000;

/**
 * How the emotions of a period flowed: a week by the server's buckets, a month by days, a year by
 * weeks, all by months. Null for a day, which has its own river, and where nothing was seen.
 */
export function flowOf(
  { kind, from, to }: Period,
  days: readonly DayStatistics[],
  timeline: Timeline | null,
  { locale, zone }: { locale: string; zone: string },
): Flow | null {
  const seen = days.filter(({ seconds }) => totalOf(seconds) > 0);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return null;
  const short = { month: 'short', day: 'numeric' } as const;
  switch (kind) {
    case 'day':
      return null;
    case 'week':
      return timeline && weekFlow(timeline, locale, zone);
    case 'month':
      return summed(seen, daysOf({ from, to }), (day) => day, {
        short: (day) => dayIn(day, locale, { day: 'numeric' }),
        name: (day) => longDay(day, locale),
      });
    case 'year': {
      const weeks = daysOf({ from, to }).filter((day) => day === from || weekday(day) === 0);
      return summed(seen, weeks, (day) => weekStart(day, from), {
        short: (day) => dayIn(day, locale, short),
        name: (day) => dayIn(day, locale, { ...short, month: 'long' }),
      });
    }
    case 'all': {
      const months = daysOf({ from: firstOf(first.date), to: last.date }).filter(
        (day) => day === firstOf(day),
      );
      return summed(seen, months, firstOf, {
        short: (day) => dayIn(day, locale, { year: '2-digit', month: 'short' }),
        name: (day) => dayIn(day, locale, { year: 'numeric', month: 'long' }),
      });
    }
  }
}

const firstOf = (day: string) => `${day.slice(0, 7)}-01`;

function weekStart(day: string, from: string): string {
  const monday = addDays(day, -weekday(day));
  return monday < from ? from : monday;
}

/** Buckets of unequal days drawn as equals; `starts` are their first days. */
function summed(
  days: readonly DayStatistics[],
  starts: readonly string[],
  startOf: (day: string) => string,
  words: { short: (day: string) => string; name: (day: string) => string },
): Flow {
  const groups = new Map<string, DayStatistics[]>();
  for (const day of days) {
    const start = startOf(day.date);
    groups.set(start, [...(groups.get(start) ?? []), day]);
  }
  const buckets = starts.map((day) => sumOf((groups.get(day) ?? []).map((one) => one.seconds)));
  return {
    stretch: { startMs: 0, bucketMs: DAY_MS, buckets },
    names: starts.map((day) => ({ short: words.short(day), name: words.name(day) })),
  };
}

function weekFlow(
  { starts_at, bucket_s, buckets }: Timeline,
  locale: string,
  timeZone: string,
): Flow {
  const startMs = Date.parse(starts_at);
  const format = (options: Intl.DateTimeFormatOptions) => {
    const written = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (i: number) => written.format(startMs + i * bucket_s * 1000);
  };
  const dayName = format({ weekday: 'short' });
  const longName = format({ weekday: 'long' });
  const clock = format({ hour: 'numeric', minute: '2-digit' });
  return {
    stretch: { startMs, bucketMs: bucket_s * 1000, buckets: buckets.map(({ seconds }) => seconds) },
    names: buckets.map((_, i) => {
      const begins = i === 0 || dayName(i) !== dayName(i - 1);
      return { short: begins ? dayName(i) : '', name: `${longName(i)} ${clock(i)}` };
    }),
  };
}
