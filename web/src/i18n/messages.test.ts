import { describe, expect, it } from 'vitest';
import { Settings } from '../state/settings.svelte';
import { en } from './en';
import { I18n, type MessageKey } from './i18n.svelte';
import { ko } from './ko';
import { preferredLanguage } from './language';

const keys = Object.keys(en) as MessageKey[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('messages', () => {
  it('exist in both languages under the same keys', () => {
    expect(Object.keys(ko).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s is not empty and takes the same values in both', (key) => {
    expect(en[key].trim()).not.toBe('');
    expect(ko[key].trim()).not.toBe('');
    expect(placeholders(ko[key])).toEqual(placeholders(en[key]));
  });

  it.each(keys.filter((key) => key.startsWith('looks.')))(
    '%s never tells how someone is',
    (key) => {
      expect(en[key].toLowerCase()).not.toContain('you are');
    },
  );

  it('fill in values', () => {
    const i18n = new I18n(new Settings(null, ['en-US']), ['en-US']);
    expect(i18n.t('genres.tracks', { count: 3 })).toBe('songs: 3');
  });
});

describe('language', () => {
  it('is the first of the browser that we speak', () => {
    expect(preferredLanguage(['ja-JP', 'ko-KR', 'en'])).toBe('ko');
    expect(preferredLanguage(['fr'])).toBe('en');
  });

  it('chosen by hand is remembered, with the region of the browser', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const settings = new Settings(storage, ['en-US']);
    settings.language = 'ko';
    settings.save();
    const again = new Settings(storage, ['en-US']);
    expect(again.language).toBe('ko');
    expect(new I18n(again, ['en-US']).locale).toBe('ko');
    expect(new I18n(new Settings(null, ['en-US']), ['ko', 'en-US']).locale).toBe('en-US');
  });

  it('is never one that Intl does not take', () => {
    const settings = new Settings(null, ['en-US@posix']);
    expect(new I18n(settings, ['en-US@posix']).locale).toBe('en');
    expect(new I18n(settings, ['en-US@posix', 'en-GB']).locale).toBe('en-GB');
  });

  it('survives a storage that is broken or denied', () => {
    const denied = {
      getItem: () => '{nonsense',
      setItem: () => {
        throw new Error('full');
      },
    };
    const settings = new Settings(denied, ['ko']);
    expect(settings.language).toBe('ko');
    expect(() => settings.save()).not.toThrow();
  });
});
