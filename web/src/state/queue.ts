import type { Recommendation, Waiting } from '../api/types';

/** So many songs wait, where there are so many. */
export const QUEUE_LENGTH = 4;
const REMEMBERED = 10;

export interface Queued {
  recommendation: Recommendation;
  /** The user has put it where it is: it stays there whatever the mood. */
  placed: boolean;
}

/**
 * The songs that come next. The server plans them along the goal's path; at the end of a song it
 * replaces those that no longer fit, and leaves those that the user has placed.
 */
export class SongQueue {
  #items: readonly Queued[] = [];
  /** What was taken out, or did not play: not to come again just now. */
  #without: readonly number[] = [];

  get items(): readonly Queued[] {
    return this.#items;
  }

  get waiting(): Waiting[] {
    return this.#items.map(({ recommendation: { id }, placed }) => ({ id, placed }));
  }

  get without(): readonly number[] {
    return this.#without;
  }

  /** What the server says comes next. */
  follow(songs: readonly Recommendation[]): void {
    const placed = new Set(this.#items.flatMap((one) => (one.placed ? one.recommendation.id : [])));
    this.#items = songs.map((song) => ({ recommendation: song, placed: placed.has(song.id) }));
  }

  /** By so many places, up where `by` is negative; returns its new place, from 0. */
  move(id: number, by: number): number {
    const from = this.#items.findIndex(({ recommendation }) => recommendation.id === id);
    const song = this.#items[from];
    const to = Math.min(this.#items.length - 1, Math.max(0, from + by));
    if (!song || to === from) return from;
    const others = this.#items.filter((one) => one !== song);
    this.#items = [...others.slice(0, to), { ...song, placed: true }, ...others.slice(to)];
    return to;
  }

  remove(id: number): void {
    this.#items = this.#items.filter(({ recommendation }) => recommendation.id !== id);
    this.leaveOut(id);
  }

  leaveOut(id: number): void {
    this.#without = [...this.#without.filter((other) => other !== id), id].slice(-REMEMBERED);
  }

  clear(): void {
    this.#items = [];
    this.#without = [];
  }
}
