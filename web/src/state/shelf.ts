/** Where observations wait on this device when the server is gone: they outlive the page, not the user's session. */

import type { Observation, User } from '../api/types';

type Owner = User['id'] | null;

/** An observation, and who was seen; null where nobody knew yet whose page it is. */
export interface Kept {
  id: Observation['id'];
  owner: Owner;
  observation: Observation;
}

/** Shared by all tabs. */
export interface Shelf {
  /** Whether it is there now. */
  put(kept: Kept): Promise<boolean>;
  remove(ids: readonly Observation['id'][]): Promise<void>;
  /** Those of an owner, and those that were put there before anybody knew whose they are; null where nobody can look. */
  of(owner: Owner): Promise<Kept[] | null>;
  clear(): Promise<void>;
}

const NAME = 'today-feeling';
const STORE = 'observations';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** In IndexedDB. Where that is denied or full, nothing is kept, and nobody is troubled: memory still holds it. */
export class IndexedShelf implements Shelf {
  #database: Promise<IDBDatabase> | null = null;

  /** `factory` gives undefined where the browser has none, and may throw where it is denied. */
  constructor(private readonly factory: () => IDBFactory | undefined) {}

  async put(kept: Kept): Promise<boolean> {
    return (await this.#use('readwrite', (store) => store.put(kept))) !== null;
  }

  async remove(ids: readonly Observation['id'][]): Promise<void> {
    await this.#use('readwrite', (store) => {
      for (const id of ids) store.delete(id);
      return null;
    });
  }

  async of(owner: Owner): Promise<Kept[] | null> {
    const kept = await this.#use('readonly', (store) => store.getAll() as IDBRequest<Kept[]>);
    return kept && kept.filter((one) => one.owner === owner || one.owner === null);
  }

  async clear(): Promise<void> {
    await this.#use('readwrite', (store) => store.clear());
  }

  async #use<T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T> | null,
  ): Promise<T | null> {
    try {
      const transaction = await this.#begin(mode);
      const request = act(transaction.objectStore(STORE));
      const answer = request && (await done(request));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
        transaction.commit?.();
      });
      return answer;
    } catch (error) {
      console.warn(error);
      return null;
    }
  }

  /** Opens the database once for all; a full disk breaks no connection. */
  async #begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    const opening = (this.#database ??= this.#open());
    try {
      return (await opening).transaction(STORE, mode);
    } catch (error) {
      // It could not be opened, or the browser has closed it: the next one tries anew.
      if (this.#database === opening) this.#database = null;
      void opening.then(
        (database) => database.close(),
        () => undefined,
      );
      throw error;
    }
  }

  async #open(): Promise<IDBDatabase> {
    const factory = this.factory();
    if (!factory) throw new Error('this browser has no IndexedDB');
    const request = factory.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    const database = await done(request);
    database.onclose = () => (this.#database = null);
    // Another tab may want to delete or renew it.
    database.onversionchange = () => {
      database.close();
      this.#database = null;
    };
    return database;
  }
}
