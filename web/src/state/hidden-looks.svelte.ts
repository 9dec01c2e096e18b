import { GAP_S } from '../camera/rhythm';

/** Milliseconds of the wall clock between which the camera was hardly looked through, or not at all. */
export interface Blind {
  from: number;
  to: number;
  /** How often it was, all the same. */
  looks: number;
}

/** A tab that was blind for less is not worth a word, seconds. */
const LEAST_S = 30;
/** More looks than one in so many seconds are "often, but for a gap". */
const RARELY_S = 10;

interface Gap {
  from: number;
  to: number;
}

const length = ({ from, to }: Gap): number => (to - from) / 1000;

/**
 * Whether the camera was looked through while the tab was hidden. Browsers may slow a hidden tab down, freeze it or stop its
 * camera, and the computer may sleep: who returns is told of it, once.
 */
export class HiddenLooks {
  /** What is to be said. */
  told = $state.raw<Blind | null>(null);
  #last: number | null = null;
  #blindS = 0;
  #longest: Gap | null = null;
  /** From the first gap on, and the looks in it up to the last one. */
  #all: Blind | null = null;
  #sinceFirst = 0;

  /** `looking`: whether the camera is meant to be on. */
  constructor(
    private readonly page: Pick<Document, 'visibilityState' | 'addEventListener'>,
    private readonly looking: () => boolean,
    private readonly wallClock: () => number = Date.now,
  ) {
    page.addEventListener('visibilitychange', () => this.#follow());
  }

  /** Takes every look of the camera; cheap. */
  look(): void {
    if (this.#last !== null) this.#reach(this.wallClock());
  }

  dismiss(): void {
    this.told = null;
  }

  #follow(): void {
    const now = this.wallClock();
    if (this.page.visibilityState === 'hidden') {
      this.told = null;
      this.#begin(this.looking() ? now : null);
    } else {
      if (this.#last !== null) this.#reach(now);
      if (this.looking()) this.told = this.#judge();
      this.#begin(null);
    }
  }

  #begin(now: number | null): void {
    this.#last = now;
    this.#blindS = this.#sinceFirst = 0;
    this.#longest = this.#all = null;
  }

  /** From the last look to this one. */
  #reach(now: number): void {
    const gap = { from: this.#last ?? now, to: now };
    this.#last = now;
    if (length(gap) > GAP_S) {
      this.#blindS += length(gap);
      if (!this.#longest || length(gap) > length(this.#longest)) this.#longest = gap;
      this.#all = { from: this.#all?.from ?? gap.from, to: now, looks: this.#sinceFirst };
    }
    if (this.#all) this.#sinceFirst += 1;
  }

  #judge(): Blind | null {
    const all = this.#all;
    if (!all || this.#blindS < LEAST_S) return null;
    if (all.looks * RARELY_S <= length(all)) return all;
    const longest = this.#longest;
    return longest && length(longest) >= LEAST_S ? { ...longest, looks: 0 } : null;
  }
}
