/** A user's own songs, as docs/api.md has them. */
import type { Ask, Listen } from './client';
import type { Answer, Body } from './schema';
import type { Track } from './types';

/** Text that was pasted, or a file in base64. */
export type SongList = Body<'SongList'>;
export type OwnSong = Answer<'SongIn'>;
export type SongChange = Body<'SongChange'>;

/** Of the same songs as a table (CSV). */
export const exportedSongs = '/api/songs/export';

/** What is told of a list while it is read. */
export type LookedLine = Answer<'LookedLine'>;
export type SkippedLine = Extract<LookedLine, { kind: 'skipped' }>;

export type SongsApi = ReturnType<typeof songsApi>;

export function songsApi(ask: Ask, listen: Listen) {
  return {
    songs: () => ask<Answer<'OwnSongs'>>('/api/songs').then(({ songs }) => songs),
    look: (list: SongList, signal: AbortSignal) =>
      listen<LookedLine>('/api/songs/preview', { method: 'POST', body: list, signal }),
    add: (songs: OwnSong[]) =>
      ask<Answer<'AddedSongs'>>('/api/songs', { method: 'POST', body: { songs } }),
    change: (id: Track['id'], change: SongChange) =>
      ask<Track>(`/api/songs/${id}`, { method: 'PATCH', body: change }),
    remove: (id: Track['id']) => ask<null>(`/api/songs/${id}`, { method: 'DELETE' }),
  };
}
