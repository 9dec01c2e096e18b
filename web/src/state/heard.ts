import type { Outcome, Recommendation } from '../api/types';
import { type Clock, Stopwatch } from './clock';
import type { ReportedPlay, Reporter } from './reporter';

/** What was heard of the song that plays, and what the server is told of it. */
export class Heard {
  #play: ReportedPlay | null = null;
  #played: Stopwatch;
  #longestS = Infinity;

  constructor(
    private readonly reporter: Pick<Reporter, 'started'>,
    clock: Clock,
  ) {
    this.#played = new Stopwatch(clock);
  }

  /** It sounds, for the first time or again. */
  plays(recommendation: Recommendation): void {
    this.#play ??= this.reporter.started(recommendation);
    this.#longestS = recommendation.track.duration_s ?? Infinity;
    this.#played.start();
  }

  rests(): void {
    this.#played.pause();
  }

  /** Whether there is a song to like. */
  like(liked: boolean): boolean {
    this.#play?.change({ liked: liked || null });
    return this.#play !== null;
  }

  ends(outcome: Outcome): void {
    this.#played.pause();
    this.#play?.change({ outcome, seconds: this.#seconds });
    this.#play = null;
    this.#played.reset();
  }

  /** The page is being left. */
  leave(): void {
    this.#play?.leave({ outcome: 'stopped', seconds: this.#seconds });
  }

  /** A clock may go on while the computer sleeps: nobody heard more of a song than there is. */
  get #seconds(): number {
    return Math.min(this.#played.seconds, this.#longestS);
  }
}
