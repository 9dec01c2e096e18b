import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Preferences } from '../api/types';
import { GENRES } from '../api/types';
import { EMOTIONS } from '../vision/types';
import { PreferencesStore } from './preferences.svelte';

const EMPTY: Preferences = {
  genres: { anger: [], fear: [], happiness: [], neutral: [], sadness: [], surprise: [] },
  sources: ['library', 'youtube'],
  explicit: false,
  languages: [],
  retention_days: null,
  theme: 'system',
  language: null,
  timezone: null,
};

async function loaded(save: (change: Partial<Preferences>) => Promise<Preferences>) {
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
    const saved: Partial<Preferences>[] = [];
    const store = await loaded(async (change) => {
      saved.push(change);
      return EMPTY;
    });
    store.set(['sadness'], ['jazz'], true);
    store.set(['sadness'], ['classic'], true);
    expect(store.saving).toBe('saving');
    await vi.advanceTimersByTimeAsync(500);
    expect(store.saving).toBe('saved');
    expect(saved.map(({ genres }) => genres?.sadness)).toEqual([['classic', 'jazz']]);
  });

  it('are sent as far as they changed since the server last heard of them', async () => {
    const saved: Partial<Preferences>[] = [];
    let gone = true;
    const store = await loaded(async (change) => {
      if (gone) throw new Error('gone');
      saved.push(change);
      return EMPTY;
    });
    store.change({ explicit: true });
    await vi.advanceTimersByTimeAsync(500);
    gone = false;
    store.change({ retention_days: 30 });
    await vi.advanceTimersByTimeAsync(500);
    store.undo();
    await vi.advanceTimersByTimeAsync(500);
    expect(saved).toEqual([{ explicit: true, retention_days: 30 }, { retention_days: null }]);
  });

  it('are fetched once, and once more after a failure', async () => {
    const asked: number[] = [];
    let gone = true;
    const store = new PreferencesStore({
      preferences: async () => {
        asked.push(1);
        if (gone) throw new Error('gone');
        return EMPTY;
      },
      savePreferences: async () => EMPTY,
    });
    await Promise.all([store.load(), store.load()]);
    expect(store.loadFailed).toBe(true);
    gone = false;
    await store.load();
    await store.load();
    expect(asked).toHaveLength(2);
  });

  it('can tick and clear whole rows and columns', async () => {
    const store = await loaded(async () => EMPTY);
    store.set(EMOTIONS, ['trot'], true);
    expect(EMOTIONS.every((emotion) => store.has(emotion, 'trot'))).toBe(true);
    store.set(['anger'], GENRES, true);
    expect(store.current?.genres.anger).toHaveLength(10);
    store.clear();
    expect(store.current?.genres).toEqual(EMPTY.genres);
  });

  it('can be undone', async () => {
    const store = await loaded(async () => EMPTY);
    expect(store.canUndo).toBe(false);
    store.set(['sadness'], ['jazz'], true);
    store.undo();
    expect(store.has('sadness', 'jazz')).toBe(false);
    expect(store.canUndo).toBe(false);
  });

  it('say when they are not saved, and can be saved again', async () => {
    let gone = true;
    const store = await loaded(async () => {
      if (gone) throw new Error('gone');
      return EMPTY;
    });
    store.set(['sadness'], ['jazz'], true);
    await vi.advanceTimersByTimeAsync(500);
    expect(store.saving).toBe('failed');
    gone = false;
    store.saveNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.saving).toBe('saved');
  });

  it('are saved one after the other, however slow the server is', async () => {
    const asked: Partial<Preferences>[] = [];
    const answers: (() => void)[] = [];
    const store = await loaded((change) => {
      asked.push(change);
      return new Promise((resolve) => answers.push(() => resolve(EMPTY)));
    });
    store.change({ explicit: true });
    await vi.advanceTimersByTimeAsync(500);
    store.change({ explicit: false, theme: 'dark' });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([{ explicit: true }]);
    let settled = false;
    void store.saveNow().then(() => (settled = true));
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([{ explicit: true }, { explicit: false, theme: 'dark' }]);
    expect([store.saving, settled]).toEqual(['saving', false]);
    answers[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect([store.saving, settled]).toEqual(['saved', true]);
  });

  it('that are on their way are waited for before they are fetched anew', async () => {
    const order: string[] = [];
    let answer: () => void = () => undefined;
    const store = new PreferencesStore({
      preferences: async () => {
        order.push('fetched');
        return EMPTY;
      },
      savePreferences: () => new Promise((resolve) => (answer = () => resolve(EMPTY))),
    });
    await store.load();
    store.change({ explicit: true });
    await vi.advanceTimersByTimeAsync(500);
    void store.renew();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['fetched']);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['fetched', 'fetched']);
  });

  it('order the sources, and leave one out', async () => {
    const store = await loaded(async () => EMPTY);
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
