/**
 * A clock for work that goes on in a hidden page. There browsers let a page's own timers run once a second, and after some
 * minutes once a minute, unless it sounds; timers of workers they leave alone.
 */

import type { ToTimer } from './timer-worker';

/** Calls back once, after so many milliseconds; returns how to prevent that. */
export type After = (milliseconds: number, callback: () => void) => () => void;

/** The page's own. */
export const pageTimer: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/** The part of `Worker` that is used here. */
export interface TimerWorker {
  postMessage(message: ToTimer): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<number>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

function spawnWorker(): TimerWorker {
  // Vite must see this expression as it is.
  return new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' });
}

/** Starts the worker; where there is none, or none any more, it is the page's own timer. */
export function startTimer(spawn: () => TimerWorker = spawnWorker): {
  after: After;
  close(): void;
} {
  const waiting = new Map<number, () => void>();
  let lastId = 0;
  let worker: TimerWorker | null = null;

  const ring = (id: number): void => {
    const callback = waiting.get(id);
    waiting.delete(id);
    callback?.();
  };
  const close = (): void => {
    worker?.terminate();
    worker = null;
  };
  try {
    worker = spawn();
    worker.onmessage = ({ data }) => ring(data);
    worker.onerror = () => {
      close();
      // Who waits for it is called at once: better too early than never.
      for (const id of [...waiting.keys()]) ring(id);
    };
  } catch (error) {
    console.warn(error);
  }

  return {
    after(milliseconds, callback) {
      if (!worker) return pageTimer(milliseconds, callback);
      const id = ++lastId;
      waiting.set(id, callback);
      worker.postMessage({ id, milliseconds });
      return () => {
        if (waiting.delete(id)) worker?.postMessage({ id, milliseconds: null });
      };
    },
    close() {
      waiting.clear();
      close();
    },
  };
}
