import { describe, expect, it } from 'vitest';
import type { Recommendation, Wish } from '../api/types';
import { I18n } from '../i18n/i18n.svelte';
import { ANYTHING } from './listening';
import type { Settings } from './settings.svelte';
import { change, choice, step, why } from './why';

const en = new I18n({ language: 'en' } as Settings);
const ko = new I18n({ language: 'ko' } as Settings);

type Reason = Recommendation['reason'];
const reason = (code: Reason['code'], more: Partial<Reason> = {}): Reason => ({
  code,
  genre: 'jazz',
  emotion: 'sadness',
  instead_of: null,
  liked: null,
  heard: null,
  ...more,
});
const song = (given: Reason) => ({ reason: given }) as Recommendation;
const seen: Wish = { ...ANYTHING, emotion: 'sadness', origin: 'camera', confidence: 0.8 };

describe('why this song', () => {
  it('has a sentence of its own for every code, in both languages', () => {
    const reasons = [
      reason('source_fallback', { instead_of: 'youtube' }),
      reason('source_fallback', { instead_of: 'youtube', genre: null }),
      reason('random', { genre: null, emotion: null }),
      reason('liked_genre', { liked: 4, heard: 5 }),
      reason('genre_for_emotion'),
      reason('learned'),
      reason('ticked_missing', { genre: null }),
      reason('any_genre', { genre: null }),
    ];
    for (const words of [en, ko]) {
      const told = reasons.map((each) => choice(words, each));
      expect(new Set(told).size).toBe(reasons.length);
      for (const text of told) expect(text).not.toMatch(/[{}]|undefined|null/);
    }
  });

  it('does not take what was seen before nobody could look for what is seen now', () => {
    const before = why(en, { ...seen, confidence: null }, song(reason('genre_for_emotion')));
    expect(before).toBe('The last expression that was seen: Sad. You chose Jazz for this.');
  });

  it('says what was counted', () => {
    expect(why(en, seen, song(reason('liked_genre', { liked: 4, heard: 5 })))).toBe(
      'Because your expression looks a bit sad. You liked 4 of 5 songs like this in this mood: Jazz.',
    );
    expect(choice(ko, reason('liked_genre', { liked: 0, heard: 5 }))).toContain('5곡 중 0곡');
  });

  it('names the situation, or the mood that was told', () => {
    const told: Wish = { ...seen, origin: 'manual' };
    expect(why(en, told, song(reason('genre_for_emotion')))).toMatch(/^Because you said: Sad\./);
    expect(why(en, { ...told, situation: 'work' }, song(reason('any_genre')))).toMatch(
      /^Because you chose: Work\./,
    );
  });

  it('claims no mood for a song at random', () => {
    expect(why(en, seen, song(reason('random', { emotion: null })))).toBe('A song at random.');
  });
});

describe('the step of a goal', () => {
  const at = (valence_change: number, arousal_change: number) => ({
    ...{ number: 1, of: 4, valence_change, arousal_change },
  });

  it('says in plain words where it leads', () => {
    expect(change(en, at(0.3, 0.2))).toBe('a little brighter and livelier');
    expect(change(ko, at(0.3, -0.2))).toBe('조금 더 밝게, 차분하게');
    expect(change(en, at(0, -0.2))).toBe('a little calmer');
    expect(change(en, at(0.01, 0))).toBe('stays as it is');
  });

  it('tells how far the way is, and nothing without one', () => {
    const lifted = { goal: 'lift', step: at(0.3, 0) } as Recommendation;
    expect(step(en, lifted)).toBe('Lift, step 1 of 4: a little brighter.');
    expect(step(ko, lifted)).toBe('기분 밝게, 4걸음 중 1걸음째: 조금 더 밝게.');
    expect(step(en, { goal: 'match', step: null } as Recommendation)).toBe('');
    expect(step(en, { goal: 'focus', step: at(0, 0) } as Recommendation)).toContain(
      'without words',
    );
  });
});
