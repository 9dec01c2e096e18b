import { Unreachable } from '../api/errors';
import type { PlanRequest, Recommendation, Source, Wish } from '../api/types';
import type { ConductorParts } from './listening';
import { QUEUE_LENGTH, type Queued, SongQueue } from './queue';

/** What is to be heard, as far as it is known: the songs that wait, and where on the way to the goal they stand. */
export class Plans {
  #queue = new SongQueue();
  /** So many songs were heard since the mood was told by hand; -1: the way begins with the next. */
  #step = 0;
  /** The next song is for the mood that was told, before all that waits. */
  #fresh = false;
  /** Of several plans that are asked for, the last one counts. */
  #newest = 0;

  constructor(
    private readonly plan: ConductorParts['plan'],
    private readonly unavailable: () => Source[],
  ) {}

  get waiting(): readonly Queued[] {
    return this.#queue.items;
  }

  /** A waiting song, by so many places; returns its new place, from 0. */
  move(id: number, by: number): number {
    return this.#queue.move(id, by);
  }

  /** Not to come again just now. */
  leaveOut(id: number): void {
    this.#queue.leaveOut(id);
  }

  /** The same, and it waits no more. */
  remove(id: number): void {
    this.#queue.remove(id);
  }

  clear(): void {
    this.#fresh = false;
    this.#queue.clear();
  }

  /** A mood was told: the way begins with the song for it. */
  beginWay(): void {
    this.#step = 0;
    this.#fresh = true;
  }

  /** There is another goal: the way to it begins with the song that is being chosen, else with the next. */
  turnWay(choosing: boolean): void {
    this.#step = choosing ? 0 : -1;
  }

  /** One step on where the mood was told and is not seen. */
  goOn(wish: Wish): void {
    this.#fresh = false;
    this.#step = wish.origin === 'manual' ? this.#step + 1 : 0;
  }

  /**
   * A song for the wish, and those after it. While the server is gone: what it has planned before, unless a mood was told
   * since, which nothing that waits was chosen for.
   */
  async next(wish: Wish): Promise<Recommendation[]> {
    try {
      return await this.#ask(wish, { fresh: this.#fresh, length: 1 + QUEUE_LENGTH });
    } catch (error) {
      const planned = this.waiting.map(({ recommendation }) => recommendation);
      if (!(error instanceof Unreachable) || this.#fresh || planned.length === 0) throw error;
      return planned;
    }
  }

  /** What the server says comes next. */
  follow(songs: readonly Recommendation[]): void {
    this.#fresh = false;
    this.#queue.follow(songs);
  }

  /** Plans anew what waits behind `playing`; whether that counts still, which `current` says too. */
  async renew(wish: Wish, playing: number, current: () => boolean): Promise<boolean> {
    const mine = ++this.#newest;
    const songs = await this.#ask(wish, { playing, length: QUEUE_LENGTH });
    if (mine !== this.#newest || !current()) return false;
    this.#queue.follow(songs);
    return true;
  }

  #ask(
    wish: Wish,
    { playing = null, fresh = false, length }: Partial<PlanRequest> & { length: number },
  ): Promise<Recommendation[]> {
    const { waiting, without } = this.#queue;
    const unavailable = this.unavailable();
    const step = wish.origin === 'manual' ? Math.max(0, this.#step) : 0;
    return this.plan(wish, { unavailable, waiting, without, length, playing, fresh, step });
  }
}
