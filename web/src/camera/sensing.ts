/** From a camera stream to moods: takes frames at the pace of what they show, has the worker read them, and applies the temporal rule. */

import type { TemporalFilter } from '../vision/temporal';
import {
  CameraError,
  VisionError,
  type FrameReading,
  type Sensing,
  type SensingHandlers,
  type VisionClient,
} from '../vision/types';
import { startPump, type FrameSource } from './pump';
import { INTERVAL_MS, type Pace, Rhythm } from './rhythm';
import { startTimer } from './timer';

type Frame = VideoFrame | ImageBitmap;

/** What was seen at a calm look is said again so often until the next one, seconds: less than the rule's `hold_s`. */
const SAY_AGAIN_S = 0.4;
/** And no longer than this: a page that slept saw nothing. */
const LONGEST_STAND_S = 2.5;
/** Nobody needs a smooth picture of an empty chair: frames a second. */
const RATE = { watched: 30, away: 5 };

/** Without pictures for so long, somebody else has the camera. */
const MUTED_MS = 3_000;

/** Frames of a stream, by a <video> that nobody sees. */
class StreamFrames implements FrameSource<Frame> {
  private readonly video = document.createElement('video');

  constructor(private readonly track: MediaStreamTrack) {
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = new MediaStream([track]);
    // Rejects when it is stopped before it has begun, which is as wanted.
    this.video.play().catch(() => undefined);
  }

  onFrame(callback: () => void): () => void {
    const { video } = this;
    if (!('requestVideoFrameCallback' in video)) return () => undefined;
    let handle = 0;
    // Asks for the next frame first: the callback may cancel, and then there must be nothing left.
    const again = (): void => {
      handle = video.requestVideoFrameCallback(again);
      callback();
    };
    handle = video.requestVideoFrameCallback(again);
    return () => video.cancelVideoFrameCallback(handle);
  }

  grab(): Promise<Frame> | Frame | null {
    const { video, track } = this;
    // A muted track shows its last picture on and on.
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || track.muted) return null;
    return typeof VideoFrame === 'undefined' ? createImageBitmap(video) : new VideoFrame(video);
  }

  release(): void {
    this.video.pause();
    this.video.srcObject = null;
  }
}

/**
 * Reads the face of a stream until `stop`, which ends the camera too: see "Rhythm" in docs/vision.md.
 *
 * Reading begins when the client's models are loaded; if they never are, `onError` tells why. The client stays open.
 *
 * @param temporal A fresh filter; see `VisionClient.info` for its `unsureBelow`.
 */
export function startSensing(
  stream: MediaStream,
  client: VisionClient,
  temporal: TemporalFilter,
  handlers: SensingHandlers,
): Sensing {
  const track = stream.getVideoTracks()[0];
  if (!track) throw new CameraError('not_found', 'the stream has no picture');
  const frames = new StreamFrames(track);
  const rhythm = new Rhythm();
  const timer = startTimer();
  let last: FrameReading | null = null;
  let rate = RATE.watched;
  let stopped = false;

  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    stopPump();
    timer.close();
    track.removeEventListener('ended', ended);
    track.removeEventListener('mute', muted);
    track.removeEventListener('unmute', unmuted);
    clearTimeout(taken);
    frames.release();
    stream.getTracks().forEach((each) => each.stop());
  };
  const fail = (error: unknown): void => {
    if (stopped) return;
    stop();
    handlers.onError(
      error instanceof CameraError || error instanceof VisionError
        ? error
        : new VisionError('crashed', String(error)),
    );
  };
  const ended = (): void => fail(new CameraError('ended', 'the camera was switched off'));

  // What a browser does when another program takes the camera: the track stays, its pictures stop.
  let taken: ReturnType<typeof setTimeout> | undefined;
  const muted = (): void => {
    const error = new CameraError('in_use', 'the camera gives no more pictures');
    taken ??= setTimeout(() => fail(error), MUTED_MS);
  };
  const unmuted = (): void => {
    clearTimeout(taken);
    taken = undefined;
  };

  const pace = (): Pace => (handlers.closely?.() ? 'quick' : rhythm.pace);
  const look = async (frame: Frame, timeS: number): Promise<void> => {
    const calm = pace() === 'calm';
    const reading = await client.read(frame, timeS, handlers.closely?.());
    if (!reading || stopped) return;
    if (last && reading.person !== last.person) temporal.forget();
    else if (last && calm) sayAgain(temporal, last, reading);
    last = reading;
    const mood = temporal.push(timeS, reading.faces[0]?.probabilities ?? null);
    keepRate(rhythm.after(reading, mood) === 'away' ? RATE.away : RATE.watched);
    handlers.onReading(reading, mood);
  };
  const keepRate = (wanted: number): void => {
    if (wanted === rate) return;
    rate = wanted;
    // These replace what was asked for before. A camera that cannot stays as it is.
    const constraints = { ...track.getConstraints(), frameRate: { ideal: rate } };
    track.applyConstraints(constraints).catch(() => undefined);
  };
  const stopPump = startPump(frames, look, fail, {
    intervalMs: () => INTERVAL_MS[pace()],
    after: timer.after,
  });
  track.addEventListener('ended', ended);
  track.addEventListener('mute', muted);
  track.addEventListener('unmute', unmuted);
  if (track.readyState === 'ended') queueMicrotask(ended);
  if (track.muted) muted();
  return { stream, stop };
}

/** Between two calm looks the face was as at the first, as far as anyone knows. */
function sayAgain(temporal: TemporalFilter, before: FrameReading, now: FrameReading): void {
  const [was, is] = [before.faces[0], now.faces[0]];
  if (!was || !is) return;
  for (
    let timeS = before.timeS + SAY_AGAIN_S;
    timeS < now.timeS && timeS < before.timeS + LONGEST_STAND_S;
    timeS += SAY_AGAIN_S
  ) {
    temporal.push(timeS, was.probabilities);
  }
}
