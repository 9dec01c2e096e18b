/** The listening part of docs/api.md: the queue, what is not to come, what was learned. */
import { timeZone } from '../state/days';
import type { Ask } from './client';
import type { Answer } from './schema';
import type { Ban, BanKind, Goal, PlanRequest, Recommendation, Wish } from './types';

export type Taste = Answer<'TasteOut'>;

/** What songs of a genre, or by an artist, did: null where there are too few of them. */
export type Helped = Taste['helps']['genres'][number];

/** A feature of songs that the user likes more or less than others. */
export type Leaning = Taste['leanings'][number];

export type ListeningApi = ReturnType<typeof listeningApi>;

export function listeningApi(ask: Ask) {
  return {
    /** The next songs for the wish, on the way to the goal. */
    plan: (
      { emotion, origin, confidence, probabilities }: Wish,
      goal: Goal,
      { unavailable, ...request }: PlanRequest,
    ) =>
      ask<{ songs: Recommendation[] }>('/api/queue', {
        method: 'POST',
        body: {
          ...{ emotion, origin, confidence, probabilities, goal, timezone: timeZone() },
          ...request,
          unavailable_sources: unavailable,
        },
      }).then(({ songs }) => songs),
    bans: () => ask<Ban[]>('/api/bans'),
    ban: (kind: BanKind, recommendationId: Recommendation['id']) =>
      ask<Ban>('/api/bans', {
        method: 'POST',
        body: { kind, recommendation_id: recommendationId },
      }),
    removeBan: (id: Ban['id']) => ask<null>(`/api/bans/${id}`, { method: 'DELETE' }),
    taste: () => ask<Taste>('/api/taste'),
    forgetTaste: () => ask<null>('/api/taste', { method: 'DELETE' }),
  };
}
