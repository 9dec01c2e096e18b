/** What charts show, in one sentence each. "Looks like", never "is". */
import type { Seconds } from '../api/diary';
import type { DayStatistics, Statistics } from '../api/statistics';
import { sureness } from '../components/sureness';
import type { I18n } from '../i18n/i18n.svelte';
import { dayNames, percent, spokenDuration } from '../state/format';
import { EMOTIONS, type Emotion } from '../vision/types';
import { sharesOf, totalOf, type Share } from './shares';

type Words = Pick<I18n, 't' | 'locale'>;
type Named = Share & { label: Emotion };

/** Of the time in which an expression was clear. */
export function namedShares(seconds: Partial<Seconds>): Named[] {
  return sharesOf({ ...seconds, unsure: 0 }).filter(
    (share): share is Named => share.label !== 'unsure',
  );
}

/** What was looked like most, then second. */
export function moodSentence({ t, locale }: Words, seconds: Partial<Seconds>): string {
  const [first, second] = namedShares(seconds);
  if (!first) return t(totalOf(seconds) > 0 ? 'words.mood.unsure' : 'words.mood.none');
  const told = { first: t(`adjective.${first.label}`), share: percent(first.share, locale) };
  if (!second) return t('words.mood.one', told);
  return t('words.mood.two', {
    ...told,
    second: t(`adjective.${second.label}`),
    secondShare: percent(second.share, locale),
  });
}

/** The name of a day and what it was like, for cells of a calendar. */
export function dayWords({ t, locale }: Words) {
  const name = dayNames(locale);
  return (date: string, day: DayStatistics | undefined): string => {
    if (!day) return t('words.day.empty', { day: name(date) });
    const parts = [];
    if (day.emotion) {
      const sure = t(`sure.${sureness(day.certainty)}`, {
        percent: percent(day.certainty, locale),
      });
      parts.push(t('words.day.mood', { mood: t(`adjective.${day.emotion}`), sure }));
    } else if (totalOf(day.seconds) > 0) {
      parts.push(t('emotion.unsure'));
    }
    if (day.plays > 0) parts.push(t('words.songs', { count: day.plays }));
    if (day.entries > 0) parts.push(t('words.entries', { count: day.entries }));
    return `${name(date)}: ${parts.join(', ')}`;
  };
}

/** How many days have something, and what most of them looked like. */
export function daysSentence({ t, locale }: Words, days: readonly DayStatistics[]): string {
  if (days.length === 0) return t('words.days.none');
  const counts = EMOTIONS.map((emotion) => {
    return { emotion, days: days.filter((day) => day.emotion === emotion).length };
  }).sort((a, b) => b.days - a.days);
  const [first] = counts;
  const number = new Intl.NumberFormat(locale);
  if (!first || first.days === 0) return t('words.days', { count: number.format(days.length) });
  return t('words.days.most', {
    count: number.format(days.length),
    mood: t(`adjective.${first.emotion}`),
    days: number.format(first.days),
  });
}

/** Of columns: which was looked at longest, and what it looked like. */
export function seenMostSentence(
  { t, locale }: Words,
  columns: readonly { seconds: Partial<Seconds>; name: string }[],
): string {
  const longest = columns.reduce<(typeof columns)[number] | null>(
    (most, one) => (totalOf(one.seconds) > totalOf(most?.seconds ?? {}) ? one : most),
    null,
  );
  if (!longest) return t('words.mood.none');
  const told = {
    name: longest.name,
    time: spokenDuration(totalOf(longest.seconds), locale),
  };
  const [top] = namedShares(longest.seconds);
  if (!top) return t('words.longest', told);
  return t('words.longest.mood', { ...told, mood: t(`adjective.${top.label}`) });
}

/** What was seen in a piece of a river, most first. */
export function bucketWords({ t, locale }: Words, seconds: Partial<Seconds>): string {
  const shares = sharesOf(seconds);
  if (shares.length === 0) return t('words.bucket.none');
  return shares
    .slice(0, 3)
    .map(({ label, share }) => `${t(`emotion.${label}`)} ${percent(share, locale)}`)
    .join(', ');
}

/** A difference that one can call one, on the scale from -1 to 1. */
const NOTICEABLE = 0.05;

export function changeOf(change: number): 'lighter' | 'heavier' | 'same' {
  if (Math.abs(change) <= NOTICEABLE) return 'same';
  return change > 0 ? 'lighter' : 'heavier';
}

/** Whether mood was lighter or heavier after songs than before. */
export function moodWords({ t, locale }: Words, mood: Statistics['mood']): string {
  const count = new Intl.NumberFormat(locale).format(mood.measured_plays);
  const change = (mood.after ?? 0) - (mood.before ?? 0);
  return t(`words.change.${changeOf(change)}`, { count });
}

/** "+0.12", "−0.30". */
export function signed(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(value);
}
