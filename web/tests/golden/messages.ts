import type { FaceReading } from '../../src/vision/types';

/** `url` gives RGBA bytes of a frame, or RGB bytes of a crop. */
export type GoldenTask =
  | { kind: 'still'; url: string; width: number; height: number }
  | { kind: 'crop'; url: string; width: number; height: number; keypoints: number[][] }
  | { kind: 'classify'; url: string };

export type GoldenResult = FaceReading[] | number[] | { error: string };
