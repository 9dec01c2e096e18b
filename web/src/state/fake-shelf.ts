import type { Observation } from '../api/types';
import type { Kept, Shelf } from './shelf';

/** A shelf that two pages can share. */
export class BoxShelf implements Shelf {
  kept = new Map<string, Kept>();

  async put(kept: Kept): Promise<boolean> {
    this.kept.set(kept.id, kept);
    return true;
  }
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.kept.delete(id);
  }
  async of(owner: number | null): Promise<Kept[]> {
    return [...this.kept.values()].filter((one) => one.owner === owner || one.owner === null);
  }
  async clear(): Promise<void> {
    this.kept.clear();
  }
}

/** Later in the alphabet is later in time. */
export const one = (id: string) => ({ id, observed_at: id }) as Observation;

/** Nothing can be kept on the device. */
export const DENIED: Shelf = {
  put: async () => false,
  of: async () => null,
  remove: async () => undefined,
  clear: async () => undefined,
};
