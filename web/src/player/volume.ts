/** The volume of all players: it glides to where it shall be, so that no ear is startled. */

const STEP_MS = 50;
/** A slider that is dragged is followed so quickly, seconds. */
const GLIDE_S = 0.15;

export class Volume {
  #now = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #arrived: (() => void) | undefined;

  constructor(private readonly apply: (volume: number) => void) {}

  /** At once: before anything plays. */
  set(volume: number): void {
    this.#stop();
    this.#now = volume;
    this.apply(volume);
  }

  /** Resolves when the volume is there, or was sent elsewhere meanwhile. 0..1 */
  glide(to: number, seconds = GLIDE_S): Promise<void> {
    this.#stop();
    const from = this.#now;
    const steps = Math.round((seconds * 1000) / STEP_MS);
    if (steps < 1 || from === to) {
      this.set(to);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#arrived = resolve;
      let step = 0;
      this.#timer = setInterval(() => {
        step += 1;
        this.#now = step < steps ? from + ((to - from) * step) / steps : to;
        this.apply(this.#now);
        if (step >= steps) this.#stop();
      }, STEP_MS);
    });
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#arrived?.();
    this.#arrived = undefined;
  }
}
