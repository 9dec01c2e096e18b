/** A sample of the face at rest: how it is read when its owner does nothing. No DOM. */

import { EMOTIONS, type Emotion, type FrameReading } from '../vision/types';

/** So long a face is looked at, seconds: as many breaths as it takes to stop posing. */
export const REST_S = 20;
/** A longer gap between two looks is time that nobody saw, seconds. */
const LONGEST_GAP_S = 1;

/** What a face at rest looks like to the model. Stays on the device. */
export interface Rest {
  emotion: Emotion;
  /** Mean probability, 0..1. */
  share: number;
}

/**
 * Gathers looks at one face until they cover `REST_S`; who comes in between begins anew.
 *
 * Readings are not moved by it: twenty seconds are many frames of about one picture, and what one neutral picture moves costs
 * more than it gains (docs/model/tools.md, "A personal neutral"). It is told beside a reading that looks the same.
 */
export class RestSample {
  #sums: number[] = EMOTIONS.map(() => 0);
  #looks = 0;
  #seconds = 0;
  /** Of the last look, and whose face it was; no time after a look without one. */
  #lastS: number | null = null;
  #person: number | null = null;

  /** 0..1. */
  get progress(): number {
    return Math.min(1, this.#seconds / REST_S);
  }

  add({ timeS, person, faces: [face] }: FrameReading): void {
    if (!face) {
      this.#lastS = null;
      return;
    }
    if (this.#person !== person) this.#begin(person);
    const gap = timeS - (this.#lastS ?? timeS);
    if (gap <= LONGEST_GAP_S) this.#seconds += gap;
    this.#lastS = timeS;
    this.#looks += 1;
    this.#sums = this.#sums.map((sum, index) => sum + (face.probabilities[index] ?? 0));
  }

  /** Null until it is complete. */
  get result(): Rest | null {
    if (this.progress < 1) return null;
    const top = this.#sums.indexOf(Math.max(...this.#sums));
    return { emotion: EMOTIONS[top] ?? 'neutral', share: (this.#sums[top] ?? 0) / this.#looks };
  }

  #begin(person: number): void {
    this.#person = person;
    this.#lastS = null;
    this.#sums = EMOTIONS.map(() => 0);
    this.#looks = 0;
    this.#seconds = 0;
  }
}
