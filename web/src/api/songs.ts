/** A user's own songs, as docs/api.md has them. */
import type { Ask } from './client';
import type { Answer, Body } from './schema';
import type { Track } from './types';

export type SongRow = Body<'SongRow'>;
export type OwnSong = Answer<'SongIn'>;
export type Looked = Answer<'LookedOut'>;

export type SongsApi = ReturnType<typeof songsApi>;

export function songsApi(ask: Ask) {
  return {
    songs: () => ask<Answer<'OwnSongs'>>('/api/songs').then(({ songs }) => songs),
    look: (rows: SongRow[]) =>
      ask<Answer<'LookedRows'>>('/api/songs/preview', {
        method: 'POST',
        body: { rows },
        timeoutMs: 60_000,
      }).then((answer) => answer.rows),
    add: (songs: OwnSong[]) =>
      ask<Answer<'AddedSongs'>>('/api/songs', { method: 'POST', body: { songs } }),
    remove: (id: Track['id']) => ask<null>(`/api/songs/${id}`, { method: 'DELETE' }),
  };
}
