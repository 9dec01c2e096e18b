/** How often to look: quick while the face changes, slowly while it does not, hardly while nobody is there. */

import type { Box, FaceReading, FrameReading, Mood } from '../vision/types';

export type Pace = 'quick' | 'calm' | 'searching' | 'away';

/** Least time from one look to the next, milliseconds. */
export const INTERVAL_MS: Readonly<Record<Pace, number>> = {
  // A little less than two frames at 30/s, so that jitter does not make it three: about 15 looks a second.
  quick: 60,
  calm: 1000,
  searching: 450,
  away: 2000,
};

/** So long after the last change looks stay quick: longer than a new emotion takes to become current. */
const QUICK_S = 3;
/** Without a face for so long, looks become rare, and then there is nobody. */
const SEARCHING_S = 3;
export const AWAY_S = 20;
/** After a longer time without a look nobody knows any more: the temporal rule starts anew then, too (its `gap_s`). */
export const GAP_S = 5;
/** A change: probabilities that moved so far (half their absolute differences), or a face by so many of its widths. */
const OTHER_EXPRESSION = 0.25;
const OTHER_PLACE = 0.25;

function moved(one: Box, other: Box): number {
  const x = one.x + one.width / 2 - other.x - other.width / 2;
  const y = one.y + one.height / 2 - other.y - other.height / 2;
  return Math.hypot(x, y) / other.width;
}

function differs(one: FaceReading, other: FaceReading): boolean {
  const apart = one.probabilities.reduce(
    (sum, value, index) => sum + Math.abs(value - (other.probabilities[index] ?? 0)) / 2,
    0,
  );
  return apart > OTHER_EXPRESSION || moved(one.box, other.box) > OTHER_PLACE;
}

/** Decides by what was seen; docs/vision.md, "Rhythm". */
export class Rhythm {
  #pace: Pace = 'quick';
  /** The face as it was at the last change. */
  #before: { face: FaceReading; person: number } | null = null;
  #changedS: number | null = null;
  #seenS: number | null = null;
  #lookedS = -Infinity;

  get pace(): Pace {
    return this.#pace;
  }

  /** Takes the outcome of a look. */
  after({ faces: [face], person, timeS }: FrameReading, mood: Mood): Pace {
    if (timeS - this.#lookedS > GAP_S) this.#before = this.#changedS = this.#seenS = null;
    this.#lookedS = timeS;
    return (this.#pace = face
      ? this.#withFace(face, person, timeS, mood)
      : this.#withoutFace(timeS));
  }

  #withFace(face: FaceReading, person: number, timeS: number, mood: Mood): Pace {
    const before = this.#before;
    this.#seenS = timeS;
    const undecided = mood.reason === 'starting' || mood.reason === 'no_face';
    if (undecided || !before || before.person !== person || differs(face, before.face)) {
      this.#before = { face, person };
      this.#changedS = timeS;
    }
    return timeS - (this.#changedS ?? timeS) < QUICK_S ? 'quick' : 'calm';
  }

  #withoutFace(timeS: number): Pace {
    this.#before = null;
    this.#seenS ??= timeS;
    const goneS = timeS - this.#seenS;
    if (goneS < SEARCHING_S) return 'quick';
    return goneS < AWAY_S ? 'searching' : 'away';
  }
}
