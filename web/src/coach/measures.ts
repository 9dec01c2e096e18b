/** What a picture says about how well a face in it can be read. No DOM; the pictures stay where they are. */

import { crop } from '../vision/align';
import type { Pixels } from '../vision/pixels';
import type { FaceReading } from '../vision/types';

/** Of one face in one picture. */
export interface Measures {
  /** Mean gray of the face, 0..255. */
  brightness: number;
  /** Spread of its gray, in means: what light that is only brighter or darker does not change. */
  contrast: number;
  /** Strength of the finest edges, in spreads of gray; about 0.4 to 0.6 of a sharp face. */
  sharpness: number;
  /** Width of the face, pixels of the picture. */
  widthPx: number;
  /** The same, in shorter sides of the picture. */
  fill: number;
  /** Share of the face's box that lies in the picture, 0..1. */
  inside: number;
  /** Degrees from the vertical, 0..180: which way does not matter. */
  roll: number;
  /** Nose beside the middle of the eyes, in eye distances, >= 0: about 0.13 at 15 degrees, 0.68 at 45. */
  yaw: number;
  /** Where the nose is on the way from the eyes (0) to the mouth (1): about 0.35 to 0.65 at eye level. */
  pitch: number;
}

/** Faces are looked at in about the size in which the model sees them: finer blur than its own harms nothing. */
const SIDE = 80;

/**
 * Measures a face.
 *
 * @param face Its box and keypoints, in pixels of this picture.
 */
export function measure(pixels: Pixels, face: FaceReading): Measures {
  const { box } = face;
  const gray = grayOf(pixels, box.x, box.y, box.width / SIDE);
  const { mean, deviation } = spread(gray);
  return {
    brightness: mean,
    contrast: mean > 0 ? deviation / mean : 0,
    sharpness: deviation > 0 ? spread(edges(gray)).deviation / deviation : 0,
    widthPx: box.width,
    fill: box.width / Math.min(pixels.width, pixels.height),
    inside: insideOf(pixels, face),
    ...anglesOf(face),
  };
}

/** Mean gray of a whole picture, 0..255, from one pixel in so many: why no face may be found in it. */
export function brightnessOf({ data }: Pixels): number {
  const step = 4 * 61;
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += step, count += 1) sum += grayAt(data, at);
  return count ? sum / count : 0;
}

function grayAt(data: ArrayLike<number>, at: number): number {
  return (77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0)) / 256;
}

/** Gray of an upright square [SIDE, SIDE]; `zoom`: pixels of the picture for one of it. */
function grayOf(pixels: Pixels, x: number, y: number, zoom: number): Float32Array {
  const rgb = crop(pixels, { a: zoom, b: 0, x, y }, SIDE);
  return Float32Array.from({ length: SIDE * SIDE }, (_, index) => grayAt(rgb, 3 * index));
}

function spread(values: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

/** How far each inner pixel is from its four neighbours (the Laplacian). */
function edges(gray: Float32Array): Float32Array {
  const inner = SIDE - 2;
  return Float32Array.from({ length: inner * inner }, (_, index) => {
    const at = (Math.floor(index / inner) + 1) * SIDE + (index % inner) + 1;
    const value = (offset: number) => gray[at + offset] ?? 0;
    return 4 * value(0) - value(-1) - value(1) - value(-SIDE) - value(SIDE);
  });
}

function insideOf(pixels: Pixels, { box }: FaceReading): number {
  const along = (start: number, length: number, limit: number) =>
    Math.max(0, Math.min(start + length, limit) - Math.max(start, 0)) / length;
  return along(box.x, box.width, pixels.width) * along(box.y, box.height, pixels.height);
}

/** In the face's own upright: a head that leans is not turned for that. */
function anglesOf({ keypoints }: FaceReading): Pick<Measures, 'roll' | 'yaw' | 'pitch'> {
  const [right, left, nose, mouth] = keypoints;
  if (!right || !left || !nose || !mouth) throw new RangeError('a face needs four keypoints');
  const eyes = { x: left.x - right.x, y: left.y - right.y };
  const distance = Math.hypot(eyes.x, eyes.y) || 1;
  const middle = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
  const across = (point: { x: number; y: number }) =>
    ((point.x - middle.x) * eyes.x + (point.y - middle.y) * eyes.y) / distance;
  const down = (point: { x: number; y: number }) =>
    ((point.y - middle.y) * eyes.x - (point.x - middle.x) * eyes.y) / distance;
  return {
    roll: Math.abs((Math.atan2(eyes.y, eyes.x) * 180) / Math.PI),
    yaw: Math.abs(across(nose)) / distance,
    pitch: down(mouth) > 0 ? down(nose) / down(mouth) : 0,
  };
}
