/** The statistics' part of docs/api.md. */
import type { Emotion } from '../vision/types';
import type { Ask } from './client';
import type { Seconds } from './diary';
import type { Track } from './types';

export interface DayStatistics {
  date: string;
  seconds: Seconds;
  /** The most seen of the day, or the one that most entries name. */
  emotion: Emotion | null;
  /** Its share, 0..1. */
  certainty: number;
  plays: number;
  entries: number;
}

export interface Statistics {
  from: string;
  to: string;
  timezone: string;
  seconds: Seconds;
  /** How many entries name each emotion. */
  entries: Record<Emotion, number>;
  /** Only days with something. */
  days: DayStatistics[];
  /** Seven, Monday first. */
  weekdays: Seconds[];
  songs: {
    most_played: { track: Track; plays: number }[];
    most_helpful: { track: Track; plays: number; mean_valence_change: number }[];
    song_of: Track | null;
  };
  /** Mean valence around songs, -1..1. */
  mood: { before: number | null; after: number | null; measured_plays: number };
}

export interface Timeline {
  starts_at: string;
  bucket_s: number;
  buckets: { seconds: Partial<Seconds> }[];
}

export function statisticsApi(ask: Ask) {
  return {
    statistics: (from: string, to: string, timezone: string) =>
      ask<Statistics>(`/api/statistics?${new URLSearchParams({ from, to, timezone })}`),
    /** `from`, `to`: instants. `buckets`: at most so many, 1..400. */
    timeline: (from: string, to: string, buckets: number) =>
      ask<Timeline>(
        `/api/statistics/timeline?${new URLSearchParams({ from, to, buckets: String(buckets) })}`,
      ),
  };
}
