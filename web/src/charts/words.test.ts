import { describe, expect, it } from 'vitest';
import type { DayStatistics } from '../api/statistics';
import { I18n } from '../i18n/i18n.svelte';
import { Settings } from '../state/settings.svelte';
import { sumOf } from './shares';
import {
  bucketWords,
  changeOf,
  daysSentence,
  dayWords,
  moodSentence,
  moodWords,
  namedShares,
  seenMostSentence,
  signed,
} from './words';

const en = new I18n(new Settings(null, ['en-US']), ['en-US']);
const ko = new I18n(new Settings(null, ['ko-KR']), ['ko-KR']);

function day(date: string, more: Partial<DayStatistics> = {}): DayStatistics {
  const seconds = sumOf([{ happiness: 60 }]);
  return { date, seconds, emotion: 'happiness', certainty: 0.9, plays: 0, entries: 0, ...more };
}

describe('what charts say', () => {
  it('is of the time in which an expression was clear', () => {
    const seconds = { happiness: 30, neutral: 10, unsure: 60 };
    expect(namedShares(seconds).map(({ share }) => share)).toEqual([0.75, 0.25]);
    expect(moodSentence(en, seconds)).toBe(
      'When it was clear, your expression mostly looked happy (75%), then calm (25%).',
    );
    expect(moodSentence(ko, { sadness: 1 })).toContain('슬픈 표정으로 보였어요(100%)');
  });

  it('admits that nothing was clear, or seen at all', () => {
    expect(moodSentence(en, { unsure: 5 })).toContain('clear enough');
    expect(moodSentence(en, {})).toBe('No expression was seen.');
    expect(bucketWords(en, {})).toBe('nothing seen');
  });

  it('names a day with all that it has', () => {
    const words = dayWords(en);
    expect(words('2026-11-23', day('2026-11-23', { plays: 3, entries: 1 }))).toBe(
      'Monday, November 23, 2026: mostly looked happy, quite sure, 90%, songs: 3, entries: 1',
    );
    expect(words('2026-11-23', undefined)).toBe('Monday, November 23, 2026: nothing yet');
    const vague = day('2026-11-23', { emotion: null, seconds: sumOf([{ unsure: 9 }]) });
    expect(words('2026-11-23', vague)).toContain('Not sure');
  });

  it('counts days, and what most of them looked like', () => {
    const days = [day('2026-11-01'), day('2026-11-02'), day('2026-11-03', { emotion: 'fear' })];
    expect(daysSentence(en, days)).toBe('Days with something: 3. Most often one looked happy (2).');
    expect(daysSentence(en, [day('2026-11-01', { emotion: null })])).toBe(
      'Days with something: 1.',
    );
    expect(daysSentence(en, [])).toContain('No day');
  });

  it('tells which column was seen longest', () => {
    const columns = [
      { name: 'Monday', seconds: { fear: 10 } },
      { name: 'Tuesday', seconds: { neutral: 7200, unsure: 9000 } },
    ];
    expect(seenMostSentence(en, columns)).toBe(
      'Seen longest: Tuesday, 4 hr 30 min, mostly looking calm.',
    );
    expect(seenMostSentence(en, [])).toBe('No expression was seen.');
  });

  it('calls a difference one only where it can be noticed', () => {
    expect(changeOf(0.051)).toBe('lighter');
    expect(changeOf(-0.05)).toBe('same');
    expect(changeOf(-0.2)).toBe('heavier');
    const mood = { before: -0.2, after: 0.1, measured_plays: 12 };
    expect(moodWords(en, mood)).toContain('12 songs');
    expect(moodWords(en, mood)).toContain('lighter');
    expect(signed(0.3, 'en')).toBe('+0.30');
    expect(signed(0, 'en')).toBe('0.00');
  });

  it('never tells how someone is', () => {
    for (const text of [
      moodSentence(en, { fear: 1 }),
      moodWords(en, { before: 0, after: 0, measured_plays: 1 }),
    ]) {
      expect(text.toLowerCase()).not.toContain('you are');
    }
  });
});
