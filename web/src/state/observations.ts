import type { Observation } from '../api/types';
import { EMOTIONS, type Label, type Probabilities } from '../vision/types';
import { newUuid } from './uuid';

const FOLD_S = 10;
/** A reading speaks for at most so long; what comes later is a gap. */
const LONGEST_READING_S = 2;

export interface FoldedReading {
  timeS: number;
  label: Label;
  /** Of the face in this frame, null without one. */
  probabilities: Probabilities | null;
}

interface Sums {
  startS: number;
  startedAt: number;
  lengthS: number;
  labelS: Map<Label, number>;
  faceS: number;
  probabilities: number[];
}

/** Readings in, about one observation per ten seconds out. Weighs by time and not by frame. */
export class ObservationFolder {
  #sums: Sums | null = null;
  #last: FoldedReading | null = null;

  constructor(
    private readonly emit: (observation: Observation) => void,
    private readonly wallClock: () => number = Date.now,
    private readonly newId: () => string = newUuid,
  ) {}

  push(reading: FoldedReading): void {
    const last = this.#last;
    const elapsed = last ? reading.timeS - last.timeS : 0;
    if (elapsed < 0) return;
    this.#last = reading;
    if (!last) return;
    if (elapsed > LONGEST_READING_S) {
      this.#close();
      return;
    }
    this.#sums ??= this.#open(last, elapsed);
    this.#add(last, elapsed);
    if (this.#sums.lengthS >= FOLD_S) this.#close();
  }

  /** Hands out what has been gathered; the camera is off or the page goes. */
  end(): void {
    this.#close();
    this.#last = null;
  }

  #open(first: FoldedReading, elapsed: number): Sums {
    return {
      startS: first.timeS,
      startedAt: this.wallClock() - elapsed * 1000,
      lengthS: 0,
      labelS: new Map(),
      faceS: 0,
      probabilities: EMOTIONS.map(() => 0),
    };
  }

  #add({ label, probabilities }: FoldedReading, seconds: number): void {
    const sums = this.#sums;
    if (!sums) return;
    sums.lengthS += seconds;
    sums.labelS.set(label, (sums.labelS.get(label) ?? 0) + seconds);
    if (!probabilities) return;
    sums.faceS += seconds;
    probabilities.forEach(
      (p, i) => (sums.probabilities[i] = (sums.probabilities[i] ?? 0) + p * seconds),
    );
  }

  #close(): void {
    const sums = this.#sums;
    this.#sums = null;
    if (!sums || sums.lengthS < 1) return;
    const [emotion] = [...sums.labelS].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
    this.emit({
      id: this.newId(),
      observed_at: new Date(sums.startedAt).toISOString(),
      duration_s: round(sums.lengthS, 2),
      emotion,
      probabilities:
        sums.faceS > 0 ? sums.probabilities.map((sum) => round(sum / sums.faceS, 4)) : null,
      unsure_share: round((sums.labelS.get('unsure') ?? 0) / sums.lengthS, 4),
    });
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
