/** Where the user asks for it: a song gives way when the mood has become another, and lasts. */

import type { Emotion, Label } from '../vision/types';
import type { Snapshot } from './listening';

/** What it may do to the music. */
interface Music {
  readonly snapshot: Pick<Snapshot, 'status' | 'recommendation' | 'wish'>;
  next(outcome: 'stopped'): void;
}

interface Parts {
  music: Music;
  /** Turns the sound down to nothing, or back up. */
  fade(down: boolean): Promise<void>;
  /** Whether the user wants this at all. */
  wanted(): boolean;
}

/** Another mood must be seen for so long: a laugh at a joke is none. Seconds. */
export const LASTS_S = 10;
/** A song is heard for so long at least: nobody wants a new one every ten seconds. */
export const HEARD_S = 30;

/** Off, and with every song that was asked for by hand, nothing is ever cut. */
export class LiveSwitching {
  #song: number | null = null;
  #songS = 0;
  #other: Emotion | null = null;
  #otherS = 0;
  #fading = false;

  constructor(private readonly parts: Parts) {}

  /** Takes every look of the camera. */
  see(timeS: number, label: Label): void {
    const { status, recommendation, wish } = this.parts.music.snapshot;
    const song = status === 'playing' && wish?.origin === 'camera' ? recommendation : null;
    if ((song?.id ?? null) !== this.#song) {
      this.#song = song?.id ?? null;
      this.#songS = timeS;
    }
    // Not to be sure changes nothing, and what was seen before must be seen anew.
    const other = label === 'unsure' || label === wish?.emotion ? null : label;
    if (other !== this.#other) {
      this.#other = other;
      this.#otherS = timeS;
    }
    if (!song || !other || this.#fading || !this.parts.wanted()) return;
    if (timeS - this.#otherS >= LASTS_S && timeS - this.#songS >= HEARD_S)
      void this.#switch(song.id);
  }

  /** The camera is off: what it saw must be seen anew. */
  end(): void {
    this.#other = null;
  }

  async #switch(id: number): Promise<void> {
    const { music, fade } = this.parts;
    this.#fading = true;
    await fade(true);
    // Meanwhile it may have ended by itself, or been paused.
    const { status, recommendation } = music.snapshot;
    if (status === 'playing' && recommendation?.id === id) music.next('stopped');
    await fade(false);
    this.#fading = false;
  }
}
