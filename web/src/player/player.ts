import type { FailureCode, Track } from '../api/types';

export type PlayerEvent =
  | { type: 'playing' }
  /** `hidden`: YouTube asks to be paused while nobody can see it; it resumes by itself. */
  | { type: 'paused'; because: 'user' | 'hidden' }
  | { type: 'ended' }
  /** The browser wants a click before it lets sound out. */
  | { type: 'blocked' }
  /** This track does not play. */
  | { type: 'failed'; code: FailureCode }
  /** Nothing of this source plays at the moment. */
  | { type: 'unavailable' }
  /** Our own server is gone or does not serve us now; the track may be fine. */
  | { type: 'unreachable' };

/** One way to make sound. Events of an earlier `open` never arrive after a later one. */
export interface Player {
  /** Loads and starts. What is open is closed first. */
  open(track: Track, onEvent: (event: PlayerEvent) => void): void;
  resume(): void;
  pause(): void;
  /** 0..1 */
  setVolume(volume: number): void;
  /** Seconds into the track, and its length where known. */
  position(): { seconds: number; duration: number | null };
  /** Ends it, fading out over so many seconds; resolves when silent. */
  close(fadeS: number): Promise<void>;
}
