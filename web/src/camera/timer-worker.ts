/** Tells the page when its time has come; see `timer.ts`. */

/** Null: it is not to be told after all. */
export interface ToTimer {
  id: number;
  milliseconds: number | null;
}

declare const self: DedicatedWorkerGlobalScope;

const timers = new Map<number, ReturnType<typeof setTimeout>>();

self.onmessage = ({ data: { id, milliseconds } }: MessageEvent<ToTimer>) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (milliseconds === null) return;
  const ring = (): void => {
    timers.delete(id);
    self.postMessage(id);
  };
  timers.set(id, setTimeout(ring, milliseconds));
};
