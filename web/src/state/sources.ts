import type { Source } from '../api/types';
import type { Clock } from './clock';

export const RETRY_AFTER_MS = 5 * 60_000;

/** Which sources are not worth asking for at the moment. */
export class SourceHealth {
  #lostAt = new Map<Source, number>();

  constructor(private readonly clock: Clock) {}

  lost(source: Source): void {
    this.#lostAt.set(source, this.clock.now());
  }

  unavailable(): Source[] {
    const now = this.clock.now();
    return [...this.#lostAt].filter(([, at]) => now - at < RETRY_AFTER_MS).map(([id]) => id);
  }

  forget(): void {
    this.#lostAt.clear();
  }
}
