/** Time as an argument, so that tests need not wait. */
export interface Clock {
  /** Milliseconds that only go forward. */
  now(): number;
}

export const systemClock: Clock = { now: () => performance.now() };

/** Counts the seconds in which it runs. */
export class Stopwatch {
  #before = 0;
  #since: number | null = null;

  constructor(private readonly clock: Clock) {}

  start(): void {
    this.#since ??= this.clock.now();
  }

  pause(): void {
    this.#before = this.milliseconds;
    this.#since = null;
  }

  reset(): void {
    this.#before = 0;
    this.#since = null;
  }

  private get milliseconds(): number {
    return this.#before + (this.#since === null ? 0 : this.clock.now() - this.#since);
  }

  /** To a tenth. */
  get seconds(): number {
    return Math.round(this.milliseconds / 100) / 10;
  }
}
