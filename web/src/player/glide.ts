const STEP_MS = 50;

/**
 * Takes a volume to another, step by step. By the clock: in a hidden page a timer of 50 ms comes once a second, and a song
 * must not be faint for long because of that.
 */
export class Glide {
  #timer: ReturnType<typeof setInterval> | undefined;
  #finish: (() => void) | undefined;

  /** Resolves when the volume is there, or `cancel` has left it where it was. 0..1 */
  run(
    from: number,
    to: number,
    seconds: number,
    setVolume: (volume: number) => void,
  ): Promise<void> {
    this.cancel();
    const began = performance.now();
    const whole = seconds * 1000;
    if (from === to || whole < STEP_MS) {
      setVolume(to);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#timer = setInterval(() => {
        const part = Math.min((performance.now() - began) / whole, 1);
        setVolume(part < 1 ? from + (to - from) * part : to);
        if (part >= 1) this.cancel();
      }, STEP_MS);
    });
  }

  cancel(): void {
    clearInterval(this.#timer);
    this.#finish?.();
    this.#finish = undefined;
  }
}
