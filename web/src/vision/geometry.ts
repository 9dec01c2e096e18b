/** Boxes, and the faces that they belong to. */

import type { Box, Point } from './types';

/** A detected face, coordinates in pixels of the picture. */
export interface Face {
  box: Box;
  /** 0..1. */
  score: number;
  /** Right eye, left eye, nose tip, mouth centre, right ear, left ear (of the person). */
  keypoints: Point[];
}

export function area(box: Box): number {
  return box.width * box.height;
}

/** Intersection over union, 0..1. */
export function iou(one: Box, other: Box): number {
  const right = Math.min(one.x + one.width, other.x + other.width);
  const bottom = Math.min(one.y + one.height, other.y + other.height);
  const overlap =
    Math.max(0, right - Math.max(one.x, other.x)) * Math.max(0, bottom - Math.max(one.y, other.y));
  const union = area(one) + area(other) - overlap;
  return union > 0 ? overlap / union : 0;
}

export function largest(faces: readonly Face[]): Face | null {
  return faces.reduce<Face | null>(
    (best, face) => (best && area(best.box) >= area(face.box) ? best : face),
    null,
  );
}

/** By score, then by area, both falling. */
export function bestFirst(one: Face, other: Face): number {
  return other.score - one.score || area(other.box) - area(one.box);
}

/** Of faces that overlap by more than `iouThreshold`, the first stays. */
export function distinct(faces: readonly Face[], iouThreshold: number): Face[] {
  const kept: Face[] = [];
  for (const face of faces) {
    if (kept.every((other) => iou(face.box, other.box) <= iouThreshold)) kept.push(face);
  }
  return kept;
}
