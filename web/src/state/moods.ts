import type { Wish } from '../api/types';
import { GAP_S } from '../camera/rhythm';
import type { Label, Probabilities } from '../vision/types';
import type { Clock } from './clock';
import { ANYTHING } from './listening';
import type { Situation } from './situations';

/** The moods that were seen or told: the one of this moment, else the last one known, else any. */
export class Moods {
  /** What the camera sees now; null while it is unsure or off. */
  #seen: Wish | null = null;
  #seenMs = 0;
  /** The last one that was seen or told. */
  #known: Wish | null = null;

  constructor(private readonly clock: Clock) {}

  /** None where nobody has looked for a while, as in a tab that was frozen. */
  get seen(): Wish | null {
    return this.clock.now() - this.#seenMs > GAP_S * 1000 ? null : this.#seen;
  }

  get next(): Wish {
    const known = this.seen ?? this.#known;
    if (!known) return ANYTHING;
    // It was seen earlier, and now is nothing to be seen: how sure that was says nothing of now.
    const old = !this.seen && known.origin === 'camera';
    return old ? { ...known, confidence: null, probabilities: null } : known;
  }

  /** Cheap, may come with every frame. */
  see(label: Label, confidence: number, probabilities: Probabilities | null): void {
    this.#seenMs = this.clock.now();
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
