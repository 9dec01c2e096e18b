/** What page and worker say to each other. */

import type { Backend } from './backends';
import type { FrameReading, VisionErrorCode, VisionInfo } from './types';

export type ToWorker =
  | {
      kind: 'load';
      /** Folder of the models and their cards, absolute, with a slash at the end. */
      modelsUrl: string;
      /** Folder of LiteRT's wasm files, absolute, with a slash at the end. */
      runtimeUrl: string;
      backend: Backend;
    }
  | {
      kind: 'frame';
      id: number;
      frame: ImageBitmap | VideoFrame;
      timeS: number;
      /** See `LiveFinder.next`. */
      closely: boolean;
    };

export type FromWorker =
  | { kind: 'ready'; info: VisionInfo }
  | { kind: 'failed'; code: VisionErrorCode; message: string }
  /** The backend does not work here; `code`: what that means where there is no other. */
  | { kind: 'unfit'; code: VisionErrorCode; message: string }
  /** The worker has asked for a file. */
  | { kind: 'fetched'; url: string }
  | { kind: 'reading'; id: number; reading: FrameReading };
