/** "3:07", "1:02:03". */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const tail = `${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

export function timeOfDay(instant: string | number, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** Days of the calendar, so no zone moves them. */
function dayFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
}

const LONG = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' } as const;

export function longDay(day: string, locale: string): string {
  return dayNames(locale)(day);
}

/** `longDay` for many days. */
export function dayNames(locale: string): (day: string) => string {
  const format = dayFormat(locale, LONG);
  return (day) => format.format(midnight(day));
}

/** A day told shortly or in part: "Nov 23", "Mon". */
export function dayIn(day: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return dayFormat(locale, options).format(midnight(day));
}

export function daySpan(from: string, to: string, locale: string): string {
  const options = { year: 'numeric', month: 'long', day: 'numeric' } as const;
  return dayFormat(locale, options).formatRange(midnight(from), midnight(to));
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Minutes since midnight that a clock shows in a zone. */
export function minuteOfDay(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  return (ms) => {
    const [hours = 0, minutes = 0] = format.format(ms).split(':').map(Number);
    return hours * 60 + minutes;
  };
}

/** "2 hr 5 min", "40 sec": what a person would say, no more than two units. */
export function spokenDuration(seconds: number, locale: string): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(
      value,
    );
  if (seconds < 59.5) return unit(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / 60);
  const parts = [];
  if (minutes >= 60) parts.push(unit(Math.floor(minutes / 60), 'hour'));
  if (minutes % 60 > 0) parts.push(unit(minutes % 60, 'minute'));
  return parts.join(' ');
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  );
}

/** "+0.32", "−0.1", "0": a change, to two places. */
export function signed(value: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return format.format(value);
}
