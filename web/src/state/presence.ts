/** Whether somebody sits there. When they leave, the music rests; when they are back, it goes on. */

import { AWAY_S, GAP_S } from '../camera/rhythm';
import type { Snapshot } from './listening';

/** What presence may do to the music. */
interface Music {
  readonly snapshot: Pick<Snapshot, 'status'>;
  subscribe(listener: (snapshot: Pick<Snapshot, 'status'>) => void): () => void;
  pause(): void;
  resume(): void;
}

interface PresenceParts {
  music: Music;
  /** Turns the sound down to nothing, or back up. */
  fade(down: boolean): Promise<void>;
  /** Whether the user wants this at all. */
  wanted(): boolean;
  onChange(away: boolean): void;
}

/** A face must be there for so long to be somebody who is back: a single look may err. */
const BACK_S = 0.3;

/**
 * Away is who was seen and then not for 20 s: a camera that never saw anyone looks at a wall. Only a pause of our own is
 * ever ended; whoever presses play or pause meanwhile is left alone until they have been back.
 */
export class Presence {
  #away = false;
  #lastS: number | null = null;
  #backS: number | null = null;
  #lookedS = -Infinity;
  /** Silence is due: nobody is there, and a song plays or is about to. */
  #due = false;
  /** The pause that is on, or that the player was told of, is ours. */
  #rest: 'none' | 'asked' | 'on' = 'none';

  constructor(private readonly parts: PresenceParts) {
    parts.music.subscribe(({ status }) => {
      if (this.#rest === 'asked' && status === 'paused') this.#rest = 'on';
      else if (this.#rest === 'on' && status !== 'paused') this.#overruled();
      else if (this.#rest === 'asked' && status !== 'playing') this.#overruled();
    });
  }

  get away(): boolean {
    return this.#away;
  }

  /** Takes every look of the camera. */
  see(timeS: number, there: boolean): void {
    if (timeS - this.#lookedS > GAP_S) this.#startAnew(timeS);
    this.#lookedS = timeS;
    if (there) this.#seen(timeS);
    else {
      this.#backS = null;
      if (this.#lastS !== null && !this.#away && timeS - this.#lastS >= AWAY_S) this.#leave();
    }
    if (this.#due) void this.#quieten();
  }

  /** The camera is off: nobody knows any more. What rests stays paused. */
  end(): void {
    this.#lastS = this.#backS = null;
    this.#due = false;
    if (this.#rest !== 'none') this.#overruled();
    this.#become(false);
  }

  /** Nobody has looked for a while: whoever was there then may have been there all the time. */
  #startAnew(timeS: number): void {
    this.#backS = null;
    if (this.#lastS !== null) this.#lastS = timeS;
  }

  #seen(timeS: number): void {
    this.#backS ??= timeS;
    if (this.#away && timeS - this.#backS < BACK_S) return;
    this.#lastS = timeS;
    if (!this.#away) return;
    this.#due = false;
    this.#become(false);
    if (this.#rest !== 'none') this.#wake();
  }

  #leave(): void {
    this.#become(true);
    this.#due = this.parts.wanted();
  }

  async #quieten(): Promise<void> {
    const { music, fade } = this.parts;
    const { status } = music.snapshot;
    if (status === 'choosing' || status === 'starting') return;
    this.#due = false;
    if (status !== 'playing') return;
    await fade(true);
    if (this.#away && music.snapshot.status === 'playing') {
      this.#rest = 'asked';
      music.pause();
    } else {
      // The song ended on the way: the next one is for nobody, too.
      this.#due = this.#away;
      await fade(false);
    }
  }

  #wake(): void {
    this.#rest = 'none';
    this.parts.music.resume();
    void this.parts.fade(false);
  }

  /** Somebody else decided: what plays next is as loud as it was. */
  #overruled(): void {
    this.#rest = 'none';
    void this.parts.fade(false);
  }

  #become(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    this.parts.onChange(away);
  }
}
