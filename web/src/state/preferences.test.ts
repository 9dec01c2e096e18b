import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Preferences } from '../api/types';
import { GENRES } from '../api/types';
import { EMOTIONS } from '../vision/types';
import { PreferencesStore } from './preferences.svelte';

const EMPTY: Preferences = {
  genres: { anger: [], fear: [], happiness: [], neutral: [], sadness: [], surprise: [] },
  sources: ['library', 'youtube'],
};

async function loaded(save: (preferences: Preferences) => Promise<Preferences>) {
  const store = new PreferencesStore({
    preferences: async () => EMPTY,
    savePreferences: save,
  });
  await store.load();
  return store;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('preferences', () => {
  it('are saved soon after a change, once for several', async () => {
    const saved: Preferences[] = [];
    const store = await loaded(async (preferences) => {
      saved.push(preferences);
      return preferences;
    });
    store.set(['sadness'], ['jazz'], true);
    store.set(['sadness'], ['classic'], true);
    expect(store.saving).toBe('saving');
    await vi.advanceTimersByTimeAsync(500);
    expect(store.saving).toBe('saved');
    expect(saved.map(({ genres }) => genres.sadness)).toEqual([['classic', 'jazz']]);
  });

  it('can tick and clear whole rows and columns', async () => {
    const store = await loaded(async (preferences) => preferences);
    store.set(EMOTIONS, ['trot'], true);
    expect(EMOTIONS.every((emotion) => store.has(emotion, 'trot'))).toBe(true);
    store.set(['anger'], GENRES, true);
    expect(store.current?.genres.anger).toHaveLength(10);
    store.clear();
    expect(store.current?.genres).toEqual(EMPTY.genres);
  });

  it('can be undone', async () => {
    const store = await loaded(async (preferences) => preferences);
    expect(store.canUndo).toBe(false);
    store.set(['sadness'], ['jazz'], true);
    store.undo();
    expect(store.has('sadness', 'jazz')).toBe(false);
    expect(store.canUndo).toBe(false);
  });

  it('say when they are not saved, and can be saved again', async () => {
    let gone = true;
    const store = await loaded(async (preferences) => {
      if (gone) throw new Error('gone');
      return preferences;
    });
    store.set(['sadness'], ['jazz'], true);
    await vi.advanceTimersByTimeAsync(500);
    expect(store.saving).toBe('failed');
    gone = false;
    store.saveNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.saving).toBe('saved');
  });

  it('order the sources, and leave one out', async () => {
    const store = await loaded(async (preferences) => preferences);
    store.moveSource('youtube', -1);
    expect(store.current?.sources).toEqual(['youtube', 'library']);
    store.moveSource('youtube', -1);
    expect(store.current?.sources).toEqual(['youtube', 'library']);
    store.useSource('youtube', false);
    expect(store.current?.sources).toEqual(['library']);
    store.useSource('youtube', true);
    expect(store.current?.sources).toEqual(['library', 'youtube']);
  });
});
