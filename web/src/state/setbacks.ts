import type { Source, Track } from '../api/types';
import type { PlayerEvent } from '../player/player';
import type { Clock } from './clock';
import type { ConductorNotice } from './listening';
import { SourceHealth } from './sources';

export const MAX_FAILURES = 5;

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

  /** No other source has anything: whether a doubted one is tried again. */
  pardon(): boolean {
    return this.#sources.pardon();
  }

  /** A song did not play; returns what to say. */
  happen(
    event: Extract<PlayerEvent, { type: 'failed' | 'unavailable' }>,
    { source, title }: Track,
  ): ConductorNotice {
    this.#failures += 1;
    if (event.type === 'unavailable') this.#sources.lost(source);
    // YouTube refuses single videos; bad files in a row mean that all of them are gone.
    else if (event.code !== 'unreadable' || !this.#sources.badFile(source)) {
      return { kind: 'track_failed', title };
    }
    return { kind: 'source_unavailable', source };
  }
}
