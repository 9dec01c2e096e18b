import type { Source } from '../api/types';
import type { Clock } from './clock';

export const RETRY_AFTER_MS = 5 * 60_000;
/** So many files in a row that cannot be read: not they are bad, their disk is gone. */
const BAD_FILES = 2;

/** Which sources are not worth asking for at the moment. */
export class SourceHealth {
  #lostAt = new Map<Source, number>();
  #badFiles = 0;
  /** Lost, as far as its bad files tell. */
  #doubted: Source | null = null;

  constructor(private readonly clock: Clock) {}

  lost(source: Source): void {
    this.#lostAt.set(source, this.clock.now());
  }

  plays(): void {
    this.#badFiles = 0;
  }

  /** A file of it cannot be read; returns whether it counts as lost now. */
  badFile(source: Source): boolean {
    this.#badFiles += 1;
    if (this.#badFiles < BAD_FILES) return false;
    this.#badFiles = 0;
    this.#doubted = source;
    this.lost(source);
    return true;
  }

  /** No other source has anything: a doubted one is better than none. Returns whether there is. */
  pardon(): boolean {
    const doubted = this.#doubted;
    this.#doubted = null;
    return doubted !== null && this.#lostAt.delete(doubted);
  }

  unavailable(): Source[] {
    const now = this.clock.now();
    return [...this.#lostAt].filter(([, at]) => now - at < RETRY_AFTER_MS).map(([id]) => id);
  }

  forget(): void {
    this.#lostAt.clear();
    this.#badFiles = 0;
  }
}
