import { isRefusal } from '../api/errors';
import type { Observation, User } from '../api/types';
import type { Shelf } from './shelf';

/** As many as the server takes in one request. */
const BATCH = 100;
/** More than a day of the camera. */
const MOST_KEPT = 10_000;

/**
 * Keeps observations until the server has them: in memory, and on a shelf that outlives the page. What is delivered twice,
 * by two tabs or after a lost answer, is skipped by the server for its id.
 */
export class ObservationQueue {
  #waiting: Observation[] = [];
  #sending: Promise<void> | null = null;
  #owner: User['id'] | null = null;

  constructor(
    private readonly post: (observations: Observation[], keepalive: boolean) => Promise<unknown>,
    private readonly shelf: Shelf,
    private readonly onDelivered: () => void = () => undefined,
  ) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  add(observation: Observation): void {
    this.#waiting.push(observation);
    void this.shelf.put(observation, this.#owner);
    const surplus = this.#waiting.splice(0, Math.max(0, this.#waiting.length - MOST_KEPT));
    if (surplus.length > 0) void this.#forget(surplus);
    void this.flush();
  }

  /** Whose session it is: takes up what an earlier page of theirs left on the shelf. */
  async belongTo(owner: User['id']): Promise<void> {
    if (owner === this.#owner) return;
    this.#owner = owner;
    const left = await this.shelf.of(owner);
    const here = new Set(this.#waiting.map(({ id }) => id));
    this.#waiting = [...left.filter(({ id }) => !here.has(id)), ...this.#waiting];
    await this.flush();
  }

  /** Nothing of it is wanted any more, or whoever comes next must not see it. */
  async clear(): Promise<void> {
    this.#waiting = [];
    await this.shelf.clear();
  }

  /** Sends in batches, oldest first; what is not delivered stays. */
  flush(): Promise<void> {
    this.#sending ??= this.#send().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await this.post(batch, false);
        this.onDelivered();
      } catch (error) {
        if (!isRefusal(error)) return;
        console.warn(error);
      }
      this.#waiting = this.#waiting.filter((observation) => !batch.includes(observation));
      await this.#forget(batch);
    }
  }

  /** The page is being left; the ids make a second delivery harmless. */
  leave(): void {
    const batch = this.#waiting.slice(0, BATCH);
    if (batch.length > 0) void this.post(batch, true).catch(() => undefined);
  }

  #forget(observations: readonly Observation[]): Promise<void> {
    return this.shelf.remove(observations.map(({ id }) => id));
  }
}
