/**
 * From probabilities to a current emotion: docs/temporal.md, which names every step below. The same rule as
 * `today_feeling.domain.temporal`; both pass tests/golden/temporal.json.
 */

import { EMOTIONS, type Label, type Mood, type Probabilities } from './types';

/** Lengths in seconds; see the table in docs/temporal.md. */
export interface TemporalParameters {
  tickS: number;
  smoothingS: number;
  windowS: number;
  majority: number;
  margin: number;
  dwellS: number;
  unsureBelow: number;
  holdS: number;
  noFaceS: number;
  gapS: number;
}

const DEFAULTS: Omit<TemporalParameters, 'unsureBelow'> = {
  tickS: 0.1,
  smoothingS: 0.5,
  windowS: 2.0,
  majority: 0.6,
  margin: 0.05,
  dwellS: 2.0,
  holdS: 0.5,
  noFaceS: 1.0,
  gapS: 5.0,
};

/** Absorbs rounding where times are compared. */
const SLACK = 1e-9;
/** Index of the vote `unsure`, after the six emotions. */
const UNSURE = EMOTIONS.length;

function label(vote: number): Label {
  return EMOTIONS[vote] ?? 'unsure';
}

function check(probabilities: Probabilities): void {
  const sum = probabilities.reduce((total, value) => total + value, 0);
  const valid =
    probabilities.length === EMOTIONS.length &&
    probabilities.every((value) => Number.isFinite(value) && value >= 0) &&
    sum >= 0.99 &&
    sum <= 1.01;
  if (!valid) throw new RangeError(`not six probabilities: [${probabilities.join(', ')}]`);
}

/** Index of the first largest value. */
function top(values: Probabilities): number {
  return values.indexOf(Math.max(...values));
}

/** The rule for one person in one session. */
export class TemporalFilter {
  readonly parameters: TemporalParameters;
  private readonly windowTicks: number;
  private readonly votesNeeded: number;
  private readonly rate: number;

  private lastS: number | null = null;
  /** The tick that is not closed yet, and what was sampled in it. */
  private tick = 0;
  private samples: Probabilities[] = [];
  private sampled = false;
  /** Value of the most recent tick that had samples. */
  private held: Probabilities | null = null;

  private noFaceTicks = 0;
  private smoothed: number[] | null = null;
  private votes: number[] = [];
  /** Index of the current label, or null while the state is `starting` or `no_face`. */
  private current: number | null = null;
  private mood: Mood = initial(0);

  constructor(parameters: Partial<TemporalParameters> & { unsureBelow: number }) {
    this.parameters = { ...DEFAULTS, ...parameters };
    const { tickS, smoothingS, windowS, majority } = this.parameters;
    this.windowTicks = Math.round(windowS / tickS);
    this.votesNeeded = Math.ceil(majority * this.windowTicks - SLACK);
    this.rate = 1 - Math.exp(-tickS / smoothingS);
  }

  /** The state of the last closed tick. */
  get state(): Mood {
    return this.mood;
  }

  /**
   * Takes the sample of one looked-at frame and returns the state after it.
   *
   * @param timeS Any clock's seconds; a time that is not later than the last one is ignored.
   * @param probabilities Null: no face was found.
   * @throws RangeError when it is not six probabilities.
   */
  push(timeS: number, probabilities: Probabilities | null): Mood {
    if (!Number.isFinite(timeS)) throw new RangeError(`not a time: ${timeS}`);
    if (probabilities) check(probabilities);
    if (this.lastS !== null && timeS <= this.lastS) return this.mood;

    const tick = Math.floor(timeS / this.parameters.tickS + SLACK);
    if (this.lastS === null || timeS - this.lastS > this.parameters.gapS) this.restart(tick);
    while (this.tick < tick) this.closeTick();
    this.sampled = true;
    if (probabilities) this.samples.push(probabilities);
    this.lastS = timeS;
    return this.mood;
  }

  /** The next sample is of another face: it starts the rule anew. */
  forget(): void {
    this.lastS = null;
  }

  private restart(tick: number): void {
    this.tick = tick;
    this.samples = [];
    this.sampled = false;
    this.held = null;
    this.noFaceTicks = 0;
    this.smoothed = null;
    this.votes = [];
    this.current = null;
    this.mood = initial(tick * this.parameters.tickS);
  }

  private closeTick(): void {
    const { tickS } = this.parameters;
    const value = this.tickValue();
    this.samples = [];
    this.sampled = false;
    this.tick += 1;
    const endS = this.tick * tickS;
    if (value) this.closeWithValue(value, endS);
    else this.closeWithout(endS);
  }

  private tickValue(): Probabilities | null {
    if (this.sampled) {
      const count = this.samples.length;
      const sum = EMOTIONS.map((_, index) =>
        this.samples.reduce((total, sample) => total + (sample[index] ?? 0), 0),
      );
      this.held = count ? sum.map((value) => value / count) : null;
      return this.held;
    }
    const sinceSample = this.tick * this.parameters.tickS - (this.lastS ?? 0);
    return sinceSample <= this.parameters.holdS + SLACK ? this.held : null;
  }

  private closeWithout(endS: number): void {
    this.noFaceTicks += 1;
    const lost = this.noFaceTicks * this.parameters.tickS >= this.parameters.noFaceS - SLACK;
    if (!lost) {
      this.mood = { ...this.mood, timeS: endS };
      return;
    }
    this.smoothed = null;
    this.votes = [];
    this.current = null;
    this.mood = {
      timeS: endS,
      label: 'unsure',
      reason: 'no_face',
      confidence: 0,
      probabilities: null,
      sinceS: this.mood.reason === 'no_face' ? this.mood.sinceS : endS,
    };
  }

  private closeWithValue(value: Probabilities, endS: number): void {
    this.noFaceTicks = 0;
    const before = this.smoothed;
    const smoothed = before
      ? before.map((old, index) => old + this.rate * ((value[index] ?? 0) - old))
      : [...value];
    this.smoothed = smoothed;

    const best = top(smoothed);
    this.votes.push((smoothed[best] ?? 0) < this.parameters.unsureBelow ? UNSURE : best);
    if (this.votes.length > this.windowTicks) this.votes.shift();

    const leader = this.leader();
    const changes = this.maySucceed(leader, smoothed, endS);
    if (changes) this.current = leader;
    const { current } = this;
    const reason = this.mood.reason;
    this.mood = {
      timeS: endS,
      label: current === null ? 'unsure' : label(current),
      reason: current === null ? reason : current === UNSURE ? 'low_confidence' : null,
      confidence: smoothed[current === null || current === UNSURE ? best : current] ?? 0,
      probabilities: smoothed,
      sinceS: changes ? endS : this.mood.sinceS,
    };
  }

  /** The vote with most ticks in the window; of equals the current one, else the one latest voted. */
  private leader(): number {
    const counts = new Array<number>(UNSURE + 1).fill(0);
    for (const vote of this.votes) counts[vote] = (counts[vote] ?? 0) + 1;
    const most = Math.max(...counts);
    if (this.current !== null && counts[this.current] === most) return this.current;
    return this.votes.findLast((vote) => counts[vote] === most) ?? UNSURE;
  }

  private maySucceed(leader: number, smoothed: readonly number[], endS: number): boolean {
    const { current } = this;
    if (leader === current) return false;
    const votes = this.votes.filter((vote) => vote === leader).length;
    if (votes < this.votesNeeded) return false;
    if (current === null) return true;
    if (endS - this.mood.sinceS < this.parameters.dwellS - SLACK) return false;
    if (leader === UNSURE || current === UNSURE) return true;
    return (smoothed[leader] ?? 0) >= (smoothed[current] ?? 0) + this.parameters.margin;
  }
}

function initial(startS: number): Mood {
  return {
    timeS: startS,
    label: 'unsure',
    reason: 'starting',
    confidence: 0,
    probabilities: null,
    sinceS: startS,
  };
}
