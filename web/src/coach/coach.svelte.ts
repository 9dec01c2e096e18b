import type { Pixels } from '../vision/pixels';
import type { FrameReading } from '../vision/types';
import { type Findings, judge, judgeEmpty, NOTHING_KNOWN } from './checks';
import { brightnessOf, measure, type Measures } from './measures';
import { type Rest, RestSample } from './rest';

/** Often enough to see what a movement does, seldom enough to leave the models their time, seconds. */
const MEASURE_EVERY_S = 0.2;
/** Time constant by which measures follow: one shaky frame changes no hint. */
const SMOOTHING_S = 0.5;
/** Without a face for so long, nothing is known of it any more: a single look may miss it. */
const FACE_HOLDS_S = 0.8;

/** The check before the first session: how the face is seen, and then a sample of it at rest. */
export class Coach {
  step = $state<'checks' | 'rest' | 'told'>('checks');
  findings = $state.raw<Findings>(NOTHING_KNOWN);
  /** A face is in the picture. */
  faceSeen = $state(false);
  /** Of the sample, 0..1. */
  progress = $state(0);
  rest = $state.raw<Rest | null>(null);
  #sample = new RestSample();
  #measures: Measures | null = null;
  #measuredS = -Infinity;
  #seenS = -Infinity;
  #person: number | null = null;

  /** Takes every look; `picture` gives the pixels that are shown now, in the size that was read, or null. */
  see(reading: FrameReading, picture: () => Pixels | null): void {
    const { timeS, faces } = reading;
    if (faces.length) this.#seenS = timeS;
    this.faceSeen = timeS - this.#seenS <= FACE_HOLDS_S;
    if (this.step === 'rest') this.#gather(reading);
    if (timeS - this.#measuredS < MEASURE_EVERY_S || (this.faceSeen && !faces.length)) return;
    const pixels = picture();
    if (pixels) this.#measure(reading, pixels);
  }

  sample(): void {
    this.#sample = new RestSample();
    this.progress = 0;
    this.step = 'rest';
  }

  /** The camera is off, or another: whoever is seen next may be somebody else. What was told stays told. */
  interrupt(): void {
    this.#measures = null;
    this.#sample = new RestSample();
    this.progress = 0;
  }

  #gather(reading: FrameReading): void {
    this.#sample.add(reading);
    this.progress = this.#sample.progress;
    this.rest = this.#sample.result;
    if (this.rest) this.step = 'told';
  }

  #measure({ timeS, faces: [face], person, others }: FrameReading, pixels: Pixels): void {
    const passedS = timeS - this.#measuredS;
    this.#measuredS = timeS;
    if (!face) {
      this.#measures = null;
      this.findings = judgeEmpty(brightnessOf(pixels), this.findings);
      return;
    }
    const now = measure(pixels, face);
    const before = person === this.#person ? this.#measures : null;
    this.#person = person;
    this.#measures = before ? towards(before, now, 1 - Math.exp(-passedS / SMOOTHING_S)) : now;
    this.findings = judge(this.#measures, others > 0, this.findings);
  }
}

function towards(before: Measures, now: Measures, share: number): Measures {
  const mixed = { ...now };
  for (const name of Object.keys(now) as (keyof Measures)[]) {
    mixed[name] = before[name] + share * (now[name] - before[name]);
  }
  return mixed;
}
