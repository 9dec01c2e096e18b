import type { Locks } from './locks';

interface Holder {
  rob: () => void;
}

/** The locks of a browser, for tests: one holder at a time, the others wait, and who steals has it at once. */
export class FakeLocks implements Locks {
  #held = new Map<string, Holder>();
  #queue: { name: string; grant: () => void }[] = [];

  request<T>(
    name: string,
    { steal, signal }: { steal?: boolean; signal?: AbortSignal },
    act: () => Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const grant = (): void => {
        const holder = { rob: () => reject(new DOMException('stolen', 'AbortError')) };
        this.#held.set(name, holder);
        void Promise.resolve()
          .then(act)
          .then(resolve, reject)
          .then(() => this.#release(name, holder));
      };
      if (steal) {
        this.#held.get(name)?.rob();
        grant();
      } else if (!this.#held.has(name)) {
        grant();
      } else {
        const waiting = { name, grant };
        this.#queue.push(waiting);
        signal?.addEventListener('abort', () => {
          this.#queue = this.#queue.filter((other) => other !== waiting);
          reject(signal.reason as Error);
        });
      }
    });
  }

  #release(name: string, holder: Holder): void {
    if (this.#held.get(name) !== holder) return;
    this.#held.delete(name);
    const next = this.#queue.find((waiting) => waiting.name === name);
    if (!next) return;
    this.#queue = this.#queue.filter((other) => other !== next);
    next.grant();
  }
}

/** Lets everything happen that need not be waited for. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
