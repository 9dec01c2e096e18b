import type { Api } from '../api/client';
import type { Outbox } from '../api/outbox';
import type { FailureCode, PlayChange, Recommendation, Track } from '../api/types';

/** A play that the server knows, or will know once it is back. */
export interface ReportedPlay {
  change(change: PlayChange): void;
  /** The page is being left: one try that outlives it. */
  leave(change: PlayChange): void;
}

export interface Reporter {
  /** Sound has really started. */
  started(recommendation: Recommendation): ReportedPlay;
  trackFailed(track: Track, code: FailureCode): void;
}

type PlaysApi = Pick<Api, 'startPlay' | 'changePlay' | 'reportFailure'>;

const UNTOLD: ReportedPlay = { change: () => undefined, leave: () => undefined };

/** `wanted`: whether what is played may be kept on the server at all. */
export function createReporter(
  api: PlaysApi,
  outbox: Outbox,
  wanted: () => boolean = () => true,
): Reporter {
  /** What is said later is asked about once more: consent may end while it waits. */
  const tell = (task: () => Promise<unknown>) => {
    if (wanted()) outbox.add(async () => wanted() && task());
  };
  return {
    started(recommendation) {
      if (!wanted()) return UNTOLD;
      let id: number | null = null;
      tell(async () => (id = (await api.startPlay(recommendation.id)).id));
      return {
        change: (change) => tell(async () => id !== null && api.changePlay(id, change)),
        leave(change) {
          if (id !== null && wanted()) {
            void api.changePlay(id, change, true).catch(() => undefined);
          }
        },
      };
    },
    trackFailed: (track, code) => tell(() => api.reportFailure(track.id, code)),
  };
}
