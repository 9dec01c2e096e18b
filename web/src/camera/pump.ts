/** When to look: hands the newest frame on, as soon as the last one is done, at the pace that is wanted. No DOM. */

import { type After, pageTimer } from './timer';

/** Where frames come from. */
export interface FrameSource<Frame> {
  /** Calls back whenever there is a new frame to see; returns how to stop that. */
  onFrame(callback: () => void): () => void;
  /** The newest frame, or null where there is none. */
  grab(): Promise<Frame | null> | Frame | null;
}

interface PumpOptions {
  /** Least time from one look to the next, milliseconds; asked before each. */
  intervalMs: () => number;
  /** Without a frame callback for so long (a hidden page gets none), frames are asked for, milliseconds. */
  silenceMs?: number;
  /** The clock that wakes it; a page's own is slow while the page is hidden. */
  after?: After;
}

const SILENCE_MS = 200;
/** Who waits so long needs not be told of every frame in between: milliseconds. */
const LONG_MS = 300;

/**
 * Starts to look; returns how to stop.
 *
 * @param look Gets a frame and its time in seconds of `performance.now`. No other comes before its promise settles:
 *   frames that arrive meanwhile are dropped, and the newest one is next.
 * @param failed Gets what `look` or `grab` rejected with; the pump has stopped then.
 */
export function startPump<Frame>(
  source: FrameSource<Frame>,
  look: (frame: Frame, timeS: number) => Promise<void>,
  failed: (error: unknown) => void,
  { intervalMs, silenceMs = SILENCE_MS, after = pageTimer }: PumpOptions,
): () => void {
  let running = true;
  let lastLookMs = -Infinity;
  let cancelFrames = (): void => undefined;
  let cancelTimer = (): void => undefined;

  /** Waits for the next frame that is due: for the camera to tell of one, or the clock. */
  const wait = (): void => {
    const dueMs = lastLookMs + intervalMs();
    const restMs = Math.max(0, dueMs - performance.now());
    if (restMs < LONG_MS) {
      cancelFrames = source.onFrame(() => {
        if (performance.now() >= dueMs) void offer();
      });
    }
    cancelTimer = after(restMs < LONG_MS ? restMs + silenceMs : restMs, () => void offer());
  };

  const rest = (): void => {
    cancelFrames();
    cancelFrames = () => undefined;
    cancelTimer();
  };

  const offer = async (): Promise<void> => {
    rest();
    const nowMs = performance.now();
    try {
      const frame = await source.grab();
      if (frame !== null) {
        lastLookMs = nowMs;
        await look(frame, nowMs / 1000);
      }
    } catch (error) {
      if (running) {
        stop();
        failed(error);
      }
    }
    if (running) wait();
  };

  function stop(): void {
    running = false;
    rest();
  }
  wait();
  return stop;
}
