import { describe, expect, it } from 'vitest';
import type { Preferences } from '../api/types';
import { DeviceLikes, preferencesOf } from './device-likes';
import { PreferencesStore } from './preferences.svelte';

function storage(text: string | null = null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => void (kept.text = value),
  };
}

const USUAL = ['library', 'subsonic', 'youtube'];

describe('what is liked on this device', () => {
  it('is kept from page to page, and nothing else of the preferences', async () => {
    const place = storage();
    const likes = new DeviceLikes(place);
    const { genres } = likes.current;
    await likes.savePreferences({
      ...{ genres: { ...genres, anger: ['rock'] }, sources: ['radio', 'library'] },
      ...{ explicit: true, languages: ['ko'], timezone: 'Asia/Seoul' },
    });
    expect(place.kept.text).not.toContain('Seoul');
    expect(new DeviceLikes(place).current).toEqual(likes.current);
    expect(likes.current).toMatchObject({
      ...{ genres: { anger: ['rock'], fear: [] }, sources: ['radio', 'library'] },
      ...{ explicit: true, languages: ['ko'] },
    });
  });

  it.each([
    null,
    '{nonsense',
    '7',
    '{"genres": 1, "sources": "youtube", "explicit": "yes", "languages": {}}',
    '{"genres": {"anger": ["polka", 3]}, "sources": ["spotify"], "languages": ["KO", 1]}',
  ])('is nothing in particular where %s was kept', (text) => {
    const { genres, ...rest } = new DeviceLikes(storage(text)).current;
    expect(Object.values(genres).flat()).toEqual([]);
    expect(rest).toEqual({ sources: USUAL, explicit: false, languages: [] });
  });

  it('holds until the page is closed where storage is denied', async () => {
    const denied = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    };
    const likes = new DeviceLikes(denied);
    await likes.savePreferences({ explicit: true });
    expect(likes.current.explicit).toBe(true);
  });

  it('takes over what was ticked in a session, and is not emptied by one without ticks', async () => {
    const likes = new DeviceLikes(null);
    const { genres } = likes.current;
    const session = await likes.preferences();
    likes.adopt(null);
    likes.adopt({ ...session, genres: { ...genres, fear: ['classic'] }, languages: ['ja'] });
    expect(likes.current).toMatchObject({ genres: { fear: ['classic'] }, languages: ['ja'] });
    likes.adopt(session);
    expect(likes.current.genres.fear).toEqual(['classic']);
  });
});

describe('preferences', () => {
  it('go to where they are to be kept at that moment', async () => {
    const saved: Partial<Preferences>[] = [];
    const device = new DeviceLikes(null);
    const empty = await device.preferences();
    const server = {
      preferences: async () => ({ ...empty, explicit: true }),
      savePreferences: async (change: Partial<Preferences>) => {
        saved.push(change);
        return empty;
      },
    };
    let traceless = true;
    const store = new PreferencesStore(preferencesOf(server, device, () => traceless));
    await store.load();
    store.set(['sadness'], ['jazz'], true);
    await store.saveNow();
    expect(saved).toEqual([]);
    expect(device.current.genres.sadness).toEqual(['jazz']);
    traceless = false;
    await store.renew();
    expect(store.current).toMatchObject({ explicit: true, genres: { sadness: [] } });
    store.change({ languages: ['ko'] });
    await store.saveNow();
    expect(saved).toEqual([{ languages: ['ko'] }]);
    expect(device.current.languages).toEqual([]);
  });
});
