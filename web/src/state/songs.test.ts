import { expect, it } from 'vitest';
import { SongsStore } from './songs.svelte';

it('says that a song could not be removed', async () => {
  const store = new SongsStore({
    songs: async () => [],
    remove: () => Promise.reject(new Error('gone')),
  });
  expect(await store.remove({ id: 1 } as never)).toBe(false);
  expect(store.songs.value).toEqual([]);
});
