import { Glide } from './glide';

/** A slider that is dragged is followed so quickly, seconds. */
const GLIDE_S = 0.15;

/** The volume of all players: it glides to where it shall be, so that no ear is startled. */
export class Volume {
  readonly #glide = new Glide();
  #now = 0;

  constructor(private readonly apply: (volume: number) => void) {}

  /** At once: before anything plays. */
  set(volume: number): void {
    void this.glide(volume, 0);
  }

  /** Resolves when the volume is there, or was sent elsewhere meanwhile. 0..1 */
  glide(to: number, seconds = GLIDE_S): Promise<void> {
    return this.#glide.run(this.#now, to, seconds, (volume) => {
      this.#now = volume;
      this.apply(volume);
    });
  }
}
