import { EMOTIONS } from '../vision/types';
import { type DeviceStorage, recall, remember, type Remembered } from '../state/device-storage';
import type { Rest } from './rest';

/** What this device remembers of the camera check. It never leaves it. */
export class CoachMemory implements Remembered {
  readonly key = 'today-feeling.coach';
  /** It was gone through, or skipped. */
  done = $state(false);
  /** What the face at rest looked like; null: no sample was taken. */
  rest = $state.raw<Rest | null>(null);

  constructor(private readonly storage: DeviceStorage) {
    this.follow();
  }

  follow(): void {
    const { done, rest } = recall(this.storage, this.key);
    this.done = done === true;
    this.rest = asRest(rest);
  }

  /** `rest`: what was sampled; null keeps what an earlier check found. */
  finish(rest: Rest | null): void {
    this.done = true;
    this.rest = rest ?? this.rest;
    remember(this.storage, this.key, { done: true, rest: this.rest });
  }
}

function asRest(kept: unknown): Rest | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { emotion: named, share } = kept as Record<string, unknown>;
  const emotion = EMOTIONS.find((one) => one === named);
  return emotion && typeof share === 'number' ? { emotion, share } : null;
}
