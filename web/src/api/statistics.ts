/** The statistics' part of docs/api.md. */
import type { Ask } from './client';
import type { Seconds } from './diary';
import type { Answer } from './schema';

/**
 * `emotion`: the most seen of the day, or the one that most entries name; `certainty`: its share,
 * 0..1.
 */
export type DayStatistics = Answer<'DayMoodOut'>;

/**
 * `days`: only those with something. `weekdays`: seven, Monday first. `entries`: how many name each
 * emotion. `mood`: mean valence around songs, -1..1.
 */
export type Statistics = Answer<'StatisticsOut'>;

export type Timeline = Omit<Answer<'TimelineOut'>, 'buckets'> & {
  buckets: { seconds: Partial<Seconds> }[];
};

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
