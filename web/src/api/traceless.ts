/** The question of docs/api.md, "Nothing stored". */
import type { Ask } from './client';
import type { Answer, Body } from './schema';

export type TracelessQuestion = Body<'PrivateQueueIn'>;
export type TracelessSong = Answer<'PrivateSongOut'>;

export type TracelessApi = ReturnType<typeof tracelessApi>;

/** `ask`: without a session. */
export function tracelessApi(ask: Ask) {
  return {
    plan: (body: TracelessQuestion) =>
      ask<{ songs: TracelessSong[] }>('/api/private/queue', { method: 'POST', body }).then(
        ({ songs }) => songs,
      ),
  };
}
