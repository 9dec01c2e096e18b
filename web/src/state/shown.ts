import type { PlayerEvent } from '../player/player';
import { SILENCE, type Snapshot } from './listening';
import type { Queued } from './queue';

/** What is known of the music at this moment; whoever listens is told of every change. */
export class Shown {
  #snapshot = SILENCE;
  #listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(private readonly waiting: () => readonly Queued[]) {}

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#snapshot);
    return () => this.#listeners.delete(listener);
  }

  /** Whatever is not named stays, but for the queue, which is looked at anew. */
  change(change: Omit<Partial<Snapshot>, 'queue'>): void {
    this.#snapshot = { ...this.#snapshot, ...change, queue: this.waiting() };
    for (const listener of this.#listeners) listener(this.#snapshot);
  }

  /** What the song does, and why where that is to be said. */
  sound(event: Extract<PlayerEvent, { type: 'playing' | 'paused' | 'blocked' }>): void {
    this.change({ status: event.type });
    if (event.type === 'paused' && event.because === 'hidden') {
      this.change({ notice: { kind: 'paused_hidden' } });
    }
  }

  /** Nothing plays but for what is named. */
  reset(rest: Omit<Partial<Snapshot>, 'queue'> = {}): void {
    this.change({ ...SILENCE, ...rest });
  }
}
