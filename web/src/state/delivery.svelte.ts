import type { Api } from '../api/client';
import { Outbox } from '../api/outbox';
import type { User } from '../api/types';
import { Connection } from './connection';
import { sharedLocks } from './locks';
import { ObservationQueue } from './observation-queue';
import { ObservationFolder } from './observations';
import { IndexedShelf } from './shelf';

interface Concerned {
  /** Whether what is seen may be kept at all. */
  mayKeep(): boolean;
  /** The server knows more than before. */
  onNews(): void;
  /** It is there again. */
  onBack(): void;
}

/** What was seen and heard here, on its way to the server: at once, or when the server is there again. */
export class Delivery {
  online = $state(true);
  /** Takes what the camera reads. */
  readonly folder: ObservationFolder;
  /** Takes what is told of songs. */
  readonly outbox: Outbox;
  readonly #queue: ObservationQueue;
  readonly #connection: Connection;

  constructor(window: Window, api: Pick<Api, 'health' | 'observe'>, concerned: Concerned) {
    const news = () => concerned.onNews();
    this.outbox = new Outbox(news);
    const shelf = new IndexedShelf(() => window.indexedDB);
    this.#queue = new ObservationQueue(api.observe, shelf, news, sharedLocks(window));
    this.folder = new ObservationFolder((observation) => {
      if (concerned.mayKeep()) this.#queue.add(observation);
    });
    this.#connection = new Connection(api.health, (online) => {
      this.online = online;
      if (!online) return;
      void this.flush();
      concerned.onBack();
    });
  }

  /** Resolves when the server knows all that happened here, as far as it can be reached. */
  async flush(): Promise<void> {
    await Promise.all([this.outbox.kick(), this.#queue.flush()]);
  }

  /** The same, of what is only just gathered, too. */
  async settle(): Promise<void> {
    this.folder.end();
    await this.flush();
  }

  /** Told after every request whether the server was there. */
  heard(reachable: boolean): void {
    this.#connection.heard(reachable);
  }

  /** The user does not want to wait for the server. */
  reconnect(): void {
    this.#connection.askNow();
  }

  /** Nothing from before it was allowed is kept, nothing that waits is sent once it is not. */
  allow(allowed: boolean): void {
    if (allowed) this.folder.end();
    else this.forget();
  }

  belongTo(owner: User['id']): void {
    void this.#queue.belongTo(owner);
  }

  /** What waits is never sent. */
  forget(): void {
    void this.#queue.clear();
  }

  /** The page is being left: one try that outlives it. */
  leave(): void {
    this.folder.end();
    this.#queue.leave();
  }
}
