import { expect, it } from 'vitest';
import { SongsStore } from './songs.svelte';

it('says that a song could not be changed or removed', async () => {
  const store = new SongsStore({
    songs: async () => [],
    change: () => Promise.reject(new Error('gone')),
    remove: () => Promise.reject(new Error('gone')),
  });
  expect(await store.change({ id: 1 } as never, { title: 'Other' })).toBe(false);
  expect(await store.remove({ id: 1 } as never)).toBe(false);
  expect(store.songs.value).toEqual([]);
});
