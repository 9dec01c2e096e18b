import { Unreachable } from './errors';

/** Things to tell the server, in order, each once. While it is gone they wait for `kick()`. */
export class Outbox {
  #tasks: (() => Promise<unknown>)[] = [];
  #running = false;

  add(task: () => Promise<unknown>): void {
    this.#tasks.push(task);
    void this.kick();
  }

  get waiting(): number {
    return this.#tasks.length;
  }

  async kick(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let task = this.#tasks[0]; task; task = this.#tasks[0]) {
        try {
          await task();
        } catch (error) {
          if (error instanceof Unreachable) return;
          // The server has heard it and refused it: saying it again would not help.
          console.warn(error);
        }
        this.#tasks.shift();
      }
    } finally {
      this.#running = false;
    }
  }
}
