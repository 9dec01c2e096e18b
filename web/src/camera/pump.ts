/** When to look: hands the newest frame on, as soon as the last one is done, at a steady rate. No DOM. */

/** Where frames come from. */
export interface FrameSource<Frame> {
  /** Calls back whenever there is a new frame to see; returns how to stop that. */
  onFrame(callback: () => void): () => void;
  /** The newest frame, or null where there is none. */
  grab(): Promise<Frame | null> | Frame | null;
}

interface PumpOptions {
  /** Least time from one look to the next, milliseconds. */
  intervalMs?: number;
  /** Without a frame callback for so long (a hidden page gets none), frames are asked for, milliseconds. */
  silenceMs?: number;
}

/** A little less than two frames at 30/s, so that jitter does not make it three: about 15 looks a second. */
const INTERVAL_MS = 60;
const SILENCE_MS = 200;

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
  { intervalMs = INTERVAL_MS, silenceMs = SILENCE_MS }: PumpOptions = {},
): () => void {
  let running = true;
  let busy = false;
  let lastLookMs = -Infinity;
  let lastFrameMs = performance.now();

  const offer = async (): Promise<void> => {
    const nowMs = performance.now();
    if (!running || busy || nowMs - lastLookMs < intervalMs) return;
    busy = true;
    try {
      const frame = await source.grab();
      if (frame === null) return;
      lastLookMs = nowMs;
      await look(frame, nowMs / 1000);
    } catch (error) {
      if (running) {
        stop();
        failed(error);
      }
    } finally {
      busy = false;
    }
  };

  const cancelFrames = source.onFrame(() => {
    lastFrameMs = performance.now();
    void offer();
  });
  const timer = setInterval(() => {
    if (performance.now() - lastFrameMs >= silenceMs) void offer();
  }, silenceMs / 2);

  function stop(): void {
    running = false;
    cancelFrames();
    clearInterval(timer);
  }
  return stop;
}
