/** One line about what was just done, with a way back where there is one. */
export interface Toast {
  text: string;
  undo?: () => Promise<void>;
}

/** As long as the server can undo. */
const LIFE_MS = 600_000;

/** Stays until it is closed, followed by another, or can no longer be undone: nobody is hurried. */
export class Toasts {
  current = $state.raw<Toast | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string, undo?: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.current = undo ? { text, undo } : { text };
    this.#timer = setTimeout(() => this.close(), LIFE_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }
}
