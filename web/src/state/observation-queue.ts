import { ApiError } from '../api/errors';
import type { Observation, User } from '../api/types';
import { inTurn, type Locks } from './locks';
import type { Kept, Shelf } from './shelf';

/** As many as the server takes in one request. */
const MOST_SENT = 100;
/** More than a day of the camera. */
const MOST_KEPT = 10_000;
/** At which the server fails so often lets others go first. */
const TRIES = 3;
const LOCK = 'today-feeling.sending';
/** Longer than the turns of two other tabs, whose requests have 10 s each: one that still has the lock sleeps. */
const PATIENCE_MS = 30_000;
/** What the server says of the contents; of all else, who sent it and when, it may think better. */
const UNREADABLE = [400, 413, 422];

/** Hands them over; `owner` is whose they are, null where nobody knew. Settles within 10 s, whatever happens. */
type Post = (
  observations: Observation[],
  owner: User['id'] | null,
  keepalive: boolean,
) => Promise<unknown>;

/**
 * Keeps observations until the server has them: in memory, and on a shelf that outlives the page and that all tabs share. They
 * send in turn, and look on the shelf first, so each goes out once and in order. What is sent twice all the same, after a
 * lost answer or by a page that is left, is skipped by the server for its id.
 */
export class ObservationQueue {
  /** What the shelf had when it was looked at, and what came since. */
  #waiting: Kept[] = [];
  /** Those of them that are known to be on the shelf. */
  #shelved = new Set<Observation['id']>();
  #putting: Promise<unknown> = Promise.resolve();
  #sending: Promise<void> | null = null;
  #owner: User['id'] | null = null;
  #clearings = 0;
  /** As many as go out at once: fewer and fewer, until what the server does not take is alone. */
  #most = MOST_SENT;
  /** How often the server failed at one alone; infinite where it took others since, so that it is not to blame. */
  #failures = new Map<Observation['id'], number>();

  constructor(
    private readonly post: Post,
    private readonly shelf: Shelf,
    private readonly onDelivered: () => void = () => undefined,
    private readonly locks?: Locks,
  ) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  add(observation: Observation): void {
    const kept = { id: observation.id, owner: this.#owner, observation };
    this.#waiting.push(kept);
    this.#put(kept);
    const surplus = this.#waiting.slice(0, Math.max(0, this.#waiting.length - MOST_KEPT));
    if (surplus.length > 0) void this.#forget(surplus);
    void this.flush();
  }

  /** Whose session it is: takes up what an earlier page of theirs left on the shelf, and keeps back what is another's. */
  async belongTo(owner: User['id']): Promise<void> {
    if (owner === this.#owner) return;
    this.#owner = owner;
    // What this page saw before anybody knew is theirs from now on.
    this.#waiting = this.#waiting.map((one) => {
      if (one.owner !== null) return one;
      const theirs = { ...one, owner };
      this.#put(theirs);
      return theirs;
    });
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

  #put(kept: Kept): void {
    const put = this.shelf.put(kept).then((there) => {
      if (there) this.#shelved.add(kept.id);
    });
    // Without the answer of `all`, which would hold those of all before it, too.
    this.#putting = Promise.all([this.#putting, put]).then(() => undefined);
  }

  /** Whether it is worth going on. */
  async #sendBatch(): Promise<boolean> {
    await this.#look();
    const owner = this.#owner;
    const batch = this.#next(owner);
    if (batch.length === 0) return false;
    try {
      await this.post(
        batch.map(({ observation }) => observation),
        owner,
        false,
      );
    } catch (error) {
      return this.#failed(batch, error);
    }
    this.#most = Math.min(2 * this.#most, MOST_SENT);
    this.onDelivered();
    await this.#forget(batch);
    for (const id of this.#failures.keys()) this.#failures.set(id, Infinity);
    return true;
  }

  /** The oldest; one at which the server fails again and again waits until the others are there, and goes alone. */
  #next(owner: User['id'] | null): Kept[] {
    const mine = this.#waiting.filter((one) => one.owner === owner || one.owner === null);
    const sound = mine.filter(({ id }) => (this.#failures.get(id) ?? 0) < TRIES);
    return sound.length > 0 ? sound.slice(0, this.#most) : mine.slice(0, 1);
  }

  /** The same: whether it is worth going on. */
  async #failed(batch: readonly Kept[], error: unknown): Promise<boolean> {
    const status = error instanceof ApiError ? error.status : 0;
    const unreadable = UNREADABLE.includes(status);
    if (!unreadable && status < 500) return false;
    const [first, ...others] = batch;
    if (others.length > 0) {
      this.#most = Math.ceil(batch.length / 2);
      return true;
    }
    if (!first) return false;
    const failures = (this.#failures.get(first.id) ?? 0) + 1;
    if (!unreadable && Number.isFinite(failures)) {
      // Where it fails at another one, too, it fails at all.
      if (this.#failures.size > 0 && failures === 1) this.#failures.clear();
      else this.#failures.set(first.id, Math.min(failures, TRIES));
      return false;
    }
    console.warn(error);
    await this.#forget(batch);
    return true;
  }

  /** What was on the shelf and is gone was sent by another tab; what is new there is to be sent too. */
  async #look(): Promise<void> {
    await this.#putting;
    const before = new Set(this.#shelved);
    const clearings = this.#clearings;
    const owner = this.#owner;
    const kept = owner === null ? null : await this.shelf.of(owner);
    // What was thrown away meanwhile is not taken up again.
    if (!kept || clearings !== this.#clearings) return;
    const there = new Set(kept.map(({ id }) => id));
    const mine = this.#waiting.filter(({ id }) => there.has(id) || !before.has(id));
    const here = new Set(mine.map(({ id }) => id));
    this.#shelved = new Set([...there, ...[...this.#shelved].filter((id) => !before.has(id))]);
    this.#waiting = [...mine, ...kept.filter(({ id }) => !here.has(id))].toSorted((one, other) =>
      one.observation.observed_at.localeCompare(other.observation.observed_at),
    );
  }

  /** The page is being left, and waits for no turn; the ids make a second delivery harmless. */
  leave(): void {
    const batch = this.#next(this.#owner).map(({ observation }) => observation);
    if (batch.length > 0) void this.post(batch, this.#owner, true).catch(() => undefined);
  }

  #forget(gone: readonly Kept[]): Promise<void> {
    const ids = gone.map(({ id }) => id);
    const all = new Set(ids);
    this.#waiting = this.#waiting.filter(({ id }) => !all.has(id));
    for (const id of ids) {
      this.#shelved.delete(id);
      this.#failures.delete(id);
    }
    return this.shelf.remove(ids);
  }
}
