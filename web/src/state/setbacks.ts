import { ApiError } from '../api/errors';
import type { Source, Track } from '../api/types';
import type { PlayerEvent } from '../player/player';
import type { Clock } from './clock';
import type { ConductorNotice, Why } from './listening';
import { SourceHealth } from './sources';

export const MAX_FAILURES = 5;

/** A song does not play, or nothing of its source does. */
export type Failure = Extract<PlayerEvent, { type: 'failed' | 'unavailable' }>;

/** Songs that did not play, one after another, and sources that are gone. */
export class Setbacks {
  #failures = 0;
  #sources: SourceHealth;

  constructor(clock: Clock) {
    this.#sources = new SourceHealth(clock);
  }

  /** There were so many that it is time to stop. */
  get tooMany(): boolean {
    return this.#failures >= MAX_FAILURES;
  }

  unavailable(): Source[] {
    return this.#sources.unavailable();
  }

  /** The user asked for something: they are counted anew. */
  begin(): void {
    this.#failures = 0;
  }

  plays(): void {
    this.#failures = 0;
    this.#sources.plays();
  }

  /** Everything is worth another try. */
  forget(): void {
    this.#failures = 0;
    this.#sources.forget();
  }

  /** What to say when no song could be chosen; null where a doubted source is to be tried again. */
  whyNothing(error: unknown): Why | null {
    if (!(error instanceof ApiError) || error.code !== 'nothing_to_play') return 'server_error';
    if (this.unavailable().length === 0) return 'nothing_to_play';
    return this.#sources.pardon() ? null : 'sources_unavailable';
  }

  /** A song did not play; returns what to say. */
  happen(event: Failure, { source, title }: Track): ConductorNotice {
    this.#failures += 1;
    if (event.type === 'unavailable') this.#sources.lost(source);
    // YouTube refuses single videos; bad files in a row mean that all of them are gone.
    else if (event.code !== 'unreadable' || !this.#sources.badFile(source)) {
      return { kind: 'track_failed', title };
    }
    return { kind: 'source_unavailable', source };
  }
}
