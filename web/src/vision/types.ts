/** What the vision part says to the rest of the page. No DOM, no model runtime. */

import type { Backend } from './backends';

/** Index here = index in every probability vector, as in `today_feeling.domain.emotion`. */
export const EMOTIONS = ['anger', 'fear', 'happiness', 'neutral', 'sadness', 'surprise'] as const;
export type Emotion = (typeof EMOTIONS)[number];
export type Label = Emotion | 'unsure';

/** Six numbers in 0..1 with sum 1, in the order of EMOTIONS. */
export type Probabilities = readonly number[];

/** Pixels of the frame; x, y is the top left corner and may lie outside the frame. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface FaceReading {
  box: Box;
  /** Detector's score, 0..1. */
  score: number;
  /** Right eye, left eye, nose tip, mouth centre, right ear, left ear (of the person). */
  keypoints: Point[];
  probabilities: Probabilities;
}

/** One looked-at frame. The first face is the one that counts; `faces` is empty when none was found. */
export interface FrameReading {
  timeS: number;
  width: number;
  height: number;
  faces: FaceReading[];
  /** Counts up with every face that is not the one before, and with every worker: readings of two persons are never mixed. */
  person: number;
  /** Faces beside the followed one, when the whole picture was last looked at. */
  others: number;
  /** Milliseconds in the worker for this frame. */
  elapsedMs: number;
}

/** The current emotion by docs/temporal.md. */
export interface Mood {
  timeS: number;
  label: Label;
  reason: 'starting' | 'no_face' | 'low_confidence' | null;
  confidence: number;
  probabilities: Probabilities | null;
  sinceS: number;
}

/** What the page may need to know of the loaded models. */
export interface VisionInfo {
  /** How they are run. */
  backend: Backend;
  /** Smoothed top probability under which a tick votes `unsure` (emotion model's card). */
  unsureBelow: number;
}

/** Bridge to the worker: one frame in flight, a frame that comes while it is busy is dropped. */
export interface VisionClient {
  /** Settles when the models are loaded and checked; rejects with a VisionError. */
  readonly ready: Promise<void>;
  /** The same promise with what was loaded. */
  readonly info: Promise<VisionInfo>;
  /**
   * The reading, or null when the worker was busy and the frame was dropped. Takes ownership of the frame (closes it).
   *
   * @param closely A detector looks for the face in this frame, also where it can be tracked without.
   */
  read(
    frame: ImageBitmap | VideoFrame,
    timeS: number,
    closely?: boolean,
  ): Promise<FrameReading | null>;
  /** Ends the worker; pending reads settle with null. */
  close(): void;
}

/** `model_damaged`: sha256 differs; `load_failed`: a file did not arrive; `crashed`: the worker died. */
export type VisionErrorCode = 'model_damaged' | 'load_failed' | 'unsupported' | 'crashed';

export class VisionError extends Error {
  constructor(
    readonly code: VisionErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'VisionError';
  }
}

/** A way of running models that does not work here, while another one may. `code`: what it means where there is no other. */
export class Unfit extends VisionError {}

/** Why the camera gives no picture. */
export type CameraErrorCode = 'denied' | 'not_found' | 'in_use' | 'unsupported' | 'ended';

export class CameraError extends Error {
  constructor(
    readonly code: CameraErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'CameraError';
  }
}

/** What the live page holds while the camera is on (made by `openCamera` and `startSensing` in src/camera). */
export interface Sensing {
  /** Show it in a <video>: `video.srcObject = stream`. */
  readonly stream: MediaStream;
  stop(): void;
}

export interface SensingHandlers {
  onReading(reading: FrameReading, mood: Mood): void;
  /** The camera was unplugged or taken, the worker died for good, ... Sensing has stopped. */
  onError(error: CameraError | VisionError): void;
  /** Looks stay quick, and search the whole picture often, while somebody wants to see what each movement does. */
  closely?(): boolean;
}
