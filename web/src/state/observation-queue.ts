import { isRefusal } from '../api/errors';
import type { Observation, User } from '../api/types';
import { inTurn, type Locks } from './locks';
import type { Shelf } from './shelf';

/** As many as the server takes in one request. */
const BATCH = 100;
/** More than a day of the camera. */
const MOST_KEPT = 10_000;
const LOCK = 'today-feeling.sending';
/** Longer than a request takes: another tab that still has the lock sleeps. */
const PATIENCE_MS = 15_000;

/**
 * Keeps observations until the server has them: in memory, and on a shelf that outlives the page and that all tabs share. They
 * send in turn, and look on the shelf first, so each goes out once and in order. What is sent twice all the same, after a
 * lost answer or by a page that is left, is skipped by the server for its id.
 */
export class ObservationQueue {
  /** What the shelf had when it was looked at, and what came since. */
  #waiting: Observation[] = [];
  /** Those of them that are known to be on the shelf. */
  #shelved = new Set<Observation['id']>();
  #putting: Promise<unknown> = Promise.resolve();
  #sending: Promise<void> | null = null;
  #owner: User['id'] | null = null;
  #clearings = 0;

  constructor(
    private readonly post: (observations: Observation[], keepalive: boolean) => Promise<unknown>,
    private readonly shelf: Shelf,
    private readonly onDelivered: () => void = () => undefined,
    private readonly locks?: Locks,
  ) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  add(observation: Observation): void {
    this.#waiting.push(observation);
    const put = this.shelf.put(observation, this.#owner).then((kept) => {
      if (kept) this.#shelved.add(observation.id);
    });
    // Without the answer of `all`, which would hold those of all before it, too.
    this.#putting = Promise.all([this.#putting, put]).then(() => undefined);
    const surplus = this.#waiting.slice(0, Math.max(0, this.#waiting.length - MOST_KEPT));
    if (surplus.length > 0) void this.#forget(surplus);
    void this.flush();
  }

  /** Whose session it is: takes up what an earlier page of theirs left on the shelf. */
  async belongTo(owner: User['id']): Promise<void> {
    if (owner === this.#owner) return;
    this.#owner = owner;
    // What is being sent was looked for before anybody knew.
    await this.#sending;
    await this.flush();
  }

  /** Nothing of it is wanted any more, or whoever comes next must not see it. */
  async clear(): Promise<void> {
    this.#waiting = [];
    this.#clearings += 1;
    await this.shelf.clear();
  }

  /** Sends in batches, oldest first; what is not delivered stays. */
  flush(): Promise<void> {
    this.#sending ??= this.#send().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send(): Promise<void> {
    // A turn for each batch: tabs with much to send let each other in.
    while (await inTurn(this.locks, LOCK, PATIENCE_MS, () => this.#sendBatch()));
  }

  /** Whether it was delivered, so that another may follow. */
  async #sendBatch(): Promise<boolean> {
    await this.#look();
    const batch = this.#waiting.slice(0, BATCH);
    if (batch.length === 0) return false;
    try {
      await this.post(batch, false);
      this.onDelivered();
    } catch (error) {
      if (!isRefusal(error)) return false;
      console.warn(error);
    }
    await this.#forget(batch);
    return true;
  }

  /** What was on the shelf and is gone was sent by another tab; what is new there is to be sent too. */
  async #look(): Promise<void> {
    await this.#putting;
    const before = new Set(this.#shelved);
    const clearings = this.#clearings;
    const kept = this.#owner === null ? null : await this.shelf.of(this.#owner);
    // What was thrown away meanwhile is not taken up again.
    if (!kept || clearings !== this.#clearings) return;
    const there = new Set(kept.map(({ id }) => id));
    const mine = this.#waiting.filter(({ id }) => there.has(id) || !before.has(id));
    const here = new Set(mine.map(({ id }) => id));
    this.#shelved = new Set([...there, ...[...this.#shelved].filter((id) => !before.has(id))]);
    this.#waiting = [...mine, ...kept.filter(({ id }) => !here.has(id))].toSorted((one, other) =>
      one.observed_at.localeCompare(other.observed_at),
    );
  }

  /** The page is being left, and waits for no turn; the ids make a second delivery harmless. */
  leave(): void {
    const batch = this.#waiting.slice(0, BATCH);
    if (batch.length > 0) void this.post(batch, true).catch(() => undefined);
  }

  #forget(observations: readonly Observation[]): Promise<void> {
    const ids = observations.map(({ id }) => id);
    const gone = new Set(ids);
    this.#waiting = this.#waiting.filter(({ id }) => !gone.has(id));
    for (const id of ids) this.#shelved.delete(id);
    return this.shelf.remove(ids);
  }
}
