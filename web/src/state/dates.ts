/** Instants far from now, as people say them. */

export function longDate(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(instant));
}

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
] as const;

/** "3 hours ago", "yesterday", in the largest unit that fits; no finer than hours. `now` in milliseconds. */
export function relativeTime(instant: string, now: number, locale: string): string {
  const seconds = Math.max(0, (now - new Date(instant).getTime()) / 1000);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? (['hour', 3_600] as const);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return format.format(-Math.floor(seconds / length), unit);
}
