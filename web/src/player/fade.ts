const STEP_MS = 50;

/** Turns a volume down to silence; `cancel` leaves it where it is. */
export class Fade {
  #timer: ReturnType<typeof setInterval> | undefined;
  #finish: (() => void) | undefined;

  run(from: number, seconds: number, setVolume: (volume: number) => void): Promise<void> {
    this.cancel();
    const steps = Math.round((seconds * 1000) / STEP_MS);
    if (steps < 1) return Promise.resolve();
    return new Promise((resolve) => {
      this.#finish = resolve;
      let step = 0;
      this.#timer = setInterval(() => {
        step += 1;
        setVolume(from * (1 - step / steps));
        if (step >= steps) this.cancel();
      }, STEP_MS);
    });
  }

  cancel(): void {
    clearInterval(this.#timer);
    this.#finish?.();
    this.#finish = undefined;
  }
}
