import { describe, expect, it } from 'vitest';
import type { Looked, SongsApi } from '../api/songs';
import { SongsStore } from './songs.svelte';

const api = {
  songs: async () => [],
  look: async (rows: { link: string }[]) =>
    rows.map(({ link }) => ({
      song: { youtube_video_id: link, title: link, genre: 'jazz' },
      problem: null,
    })) as unknown as Looked[],
  remove: () => Promise.reject(new Error('gone')),
} as unknown as SongsApi;

describe('own songs', () => {
  it('come once, however often the list names them', async () => {
    const store = new SongsStore(api);
    await store.look('a\nb\na');
    expect(store.coming.map(({ title }) => title)).toEqual(['a', 'b']);
  });

  it('say that they could not be removed', async () => {
    const store = new SongsStore(api);
    expect(await store.remove({ id: 1 } as never)).toBe(false);
    expect(store.songs.value).toEqual([]);
  });
});
