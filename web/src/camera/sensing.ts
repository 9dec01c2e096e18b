/** From a camera stream to moods: takes frames, has the worker read them, and applies the temporal rule. */

import type { TemporalFilter } from '../vision/temporal';
import {
  CameraError,
  VisionError,
  type Sensing,
  type SensingHandlers,
  type VisionClient,
} from '../vision/types';
import { startPump, type FrameSource } from './pump';

type Frame = VideoFrame | ImageBitmap;

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
    const again = (): void => {
      callback();
      handle = video.requestVideoFrameCallback(again);
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
 * Reads the faces of a stream about 15 times a second until `stop`, which ends the camera too.
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
  let stopped = false;

  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    stopPump();
    track.removeEventListener('ended', ended);
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

  const look = async (frame: Frame, timeS: number): Promise<void> => {
    const reading = await client.read(frame, timeS);
    if (!reading || stopped) return;
    const mood = temporal.push(timeS, reading.faces[0]?.probabilities ?? null);
    handlers.onReading(reading, mood);
  };
  const stopPump = startPump(frames, look, fail);
  track.addEventListener('ended', ended);
  if (track.readyState === 'ended') queueMicrotask(ended);
  return { stream, stop };
}
