import type { Wish } from '../api/types';
import type { Label, Probabilities } from '../vision/types';
import { ANYTHING } from './listening';
import type { Situation } from './situations';

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

  /** By hand, or by a situation; no emotion asks for any song and is no mood. Returns the wish. */
  tell(emotion: Wish['emotion'], situation?: Situation): Wish {
    const told = situation ? { situation } : {};
    this.#known = emotion ? { ...ANYTHING, ...told, emotion, origin: 'manual' } : null;
    return this.#known ?? ANYTHING;
  }
}
