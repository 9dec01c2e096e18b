import type { PlanRequest, Recommendation, Source, Wish } from '../api/types';
import type { Player } from '../player/player';
import type { Clock } from './clock';
import type { Queued } from './queue';
import type { Reporter } from './reporter';

/**
 * idle -> waiting (for a mood) -> choosing -> [proposed ->] starting -> playing <-> paused,
 * with blocked (the browser wants a click), stuck (nothing plays, see `why`), offline (no server).
 */
export type Status =
  | 'idle'
  | 'waiting'
  | 'choosing'
  | 'proposed'
  | 'starting'
  | 'playing'
  | 'paused'
  | 'blocked'
  | 'stopping'
  | 'stuck'
  | 'offline';

export type Why = 'nothing_to_play' | 'sources_unavailable' | 'failures' | 'server_error';

export type ConductorNotice =
  | { kind: 'source_unavailable'; source: Source }
  | { kind: 'track_failed'; title: string }
  | { kind: 'paused_hidden' };

export interface Snapshot {
  status: Status;
  /** What plays, or is about to. */
  recommendation: Recommendation | null;
  /** What it was, or is being, chosen for. */
  wish: Wish | null;
  liked: boolean;
  why: Why | null;
  notice: ConductorNotice | null;
  /** What comes next, as far as the mood stays. */
  queue: readonly Queued[];
}

export interface ConductorParts {
  /** The next songs for the wish, at least one. */
  plan(wish: Wish, request: PlanRequest): Promise<Recommendation[]>;
  reporter: Reporter;
  players: Record<Source, Player>;
  clock: Clock;
  /** Whether a song may start without a click. */
  autoplay(): boolean;
}

export const SILENCE: Snapshot = {
  status: 'idle',
  recommendation: null,
  wish: null,
  liked: false,
  why: null,
  notice: null,
  queue: [],
};

export const ANYTHING: Wish = {
  emotion: null,
  origin: 'random',
  confidence: null,
  probabilities: null,
};
