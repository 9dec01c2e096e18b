import { isRefusal } from './errors';

/** Things to tell the server, in order, each once. What it cannot take now waits for `kick()`. */
export class Outbox {
  #tasks: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | null = null;

  /** `onTold`: the server has taken one more. */
  constructor(private readonly onTold: () => void = () => undefined) {}

  add(task: () => Promise<unknown>): void {
    this.#tasks.push(task);
    void this.kick();
  }

  get waiting(): number {
    return this.#tasks.length;
  }

  /** Resolves when all is said, or has to wait. */
  kick(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let task = this.#tasks[0]; task; task = this.#tasks[0]) {
      try {
        await task();
        this.onTold();
      } catch (error) {
        if (!isRefusal(error)) return;
        console.warn(error);
      }
      this.#tasks.shift();
    }
  }
}
