import { EMOTIONS } from '../vision/types';
import type { Rest } from './rest';

const KEY = 'today-feeling.coach';

/** What this device remembers of the camera check. It never leaves it. */
export class CoachMemory {
  /** It was gone through, or skipped. */
  done = $state(false);
  /** What the face at rest looked like; null: no sample was taken. */
  rest = $state.raw<Rest | null>(null);

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    const { done, rest } = this.#load();
    this.done = done === true;
    this.rest = asRest(rest);
  }

  /** `rest`: what was sampled; null keeps what an earlier check found. */
  finish(rest: Rest | null): void {
    this.done = true;
    this.rest = rest ?? this.rest;
    try {
      this.storage?.setItem(KEY, JSON.stringify({ done: true, rest: this.rest }));
    } catch {
      // Storage full or denied: the check is offered again another time.
    }
  }

  #load(): Record<string, unknown> {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}

function asRest(kept: unknown): Rest | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { emotion: named, share } = kept as Record<string, unknown>;
  const emotion = EMOTIONS.find((one) => one === named);
  return emotion && typeof share === 'number' ? { emotion, share } : null;
}
