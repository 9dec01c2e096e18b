import type { Wish } from '../api/types';
import type { Label, Probabilities } from '../vision/types';
import { ANYTHING } from './listening';

/** The moods that were seen or told: the one of this moment, else the last one known, else any. */
export class Moods {
  /** What the camera sees now; null while it is unsure or off. */
  #seen: Wish | null = null;
  /** The last one that was seen or told. */
  #known: Wish | null = null;

  get seen(): Wish | null {
    return this.#seen;
  }

  get next(): Wish {
    return this.#seen ?? this.#known ?? ANYTHING;
  }

  /** Cheap, may come with every frame. */
  see(label: Label, confidence: number, probabilities: Probabilities | null): void {
    this.#seen =
      label === 'unsure' ? null : { emotion: label, origin: 'camera', confidence, probabilities };
    if (this.#seen) this.#known = this.#seen;
  }

  /** A wish without an emotion is no mood. */
  tell(wish: Wish): void {
    this.#known = wish.emotion ? wish : null;
  }
}
