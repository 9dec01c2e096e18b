/** From keypoints to the crop that the classifier knows: "Crop" in docs/vision.md. */

import type { CropContract } from './card';
import { packed, type Pixels } from './pixels';
import type { Point } from './types';

/** Takes (u, v) of the crop to (a * u - b * v + x, b * u + a * v + y) of the picture, both in pixels. */
export interface Similarity {
  a: number;
  b: number;
  x: number;
  y: number;
}

/** From sample to sample, source pixels: each is a mean of 2 x 2, so that nearly all have a say. */
const SAMPLE_STEP = 2;
/** Slack of the number of samples, so that rounding does not double the work: docs/vision.md. */
const SAMPLE_SLACK = 0.001;

/**
 * The transform from a crop to the picture that levels the eyes and puts face scale and face centre where the training
 * pictures have them.
 *
 * The face scale is `hypot(eyeWeight * eye distance, mouthWeight * distance from the eyes' midpoint to the mouth)`; the
 * face centre lies `centreToMouth` of the way from that midpoint to the mouth.
 *
 * @param keypoints At least right eye, left eye, nose tip, mouth centre.
 * @param size Side of the crop, pixels.
 * @returns Null where all keypoints fall into one: that is no face.
 */
export function cropTransform(
  keypoints: readonly Point[],
  contract: CropContract,
  size: number,
): Similarity | null {
  const [right, left, , mouth] = keypoints;
  if (!right || !left || !mouth) throw new RangeError('a face needs four keypoints');
  const middle = { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 };
  const eyes = { x: left.x - right.x, y: left.y - right.y };
  const eyeDistance = Math.hypot(eyes.x, eyes.y);
  const mouthDistance = Math.hypot(mouth.x - middle.x, mouth.y - middle.y);
  const faceScale = Math.hypot(
    contract.eyeWeight * eyeDistance,
    contract.mouthWeight * mouthDistance,
  );
  if (!(faceScale > 0)) return null;

  const zoom = faceScale / (contract.scale * size);
  const angle = Math.atan2(eyes.y, eyes.x);
  const a = zoom * Math.cos(angle);
  const b = zoom * Math.sin(angle);
  const u = contract.centreX * size;
  const v = contract.centreY * size;
  const centre = {
    x: middle.x + contract.centreToMouth * (mouth.x - middle.x),
    y: middle.y + contract.centreToMouth * (mouth.y - middle.y),
  };
  return { a, b, x: centre.x - (a * u - b * v), y: centre.y - (b * u + a * v) };
}

/** Weights of the four pixels around a sample are whole numbers with this sum. */
const WEIGHTS = 256;
/** The last position before an edge from which there is a pixel beyond. */
const BEFORE_EDGE = 1e-6;

/**
 * Cuts the crop out of the picture: RGB bytes [size, size, 3].
 *
 * Each pixel is the mean of k x k bilinear samples, k by the zoom; outside the picture its nearest edge pixel is taken.
 * Two colours at a time share one integer: a quarter quicker, in the longest loop of a frame.
 */
export function crop(pixels: Pixels, transform: Similarity, size: number): Uint8Array {
  const { a, b } = transform;
  const samples = Math.max(1, Math.ceil(Math.hypot(a, b) / SAMPLE_STEP - SAMPLE_SLACK));
  const { width } = pixels;
  const right = Math.max(width - 1 - BEFORE_EDGE, 0);
  const bottom = Math.max(pixels.height - 1 - BEFORE_EDGE, 0);
  const source = packed(pixels);
  const result = new Uint8Array(size * size * 3);
  const stepX = a / samples;
  const stepY = b / samples;
  const share = 1 / (WEIGHTS * samples * samples);

  for (let v = 0, at = 0; v < size; v += 1) {
    for (let u = 0; u < size; u += 1, at += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < samples; j += 1) {
        const line = v + (j + 0.5) / samples;
        const column = u + 0.5 / samples;
        // A pixel's centre is at .5, so that sample positions in pixel indices are half a pixel less.
        let x = a * column - b * line + transform.x - 0.5;
        let y = b * column + a * line + transform.y - 0.5;
        for (let i = 0; i < samples; i += 1, x += stepX, y += stepY) {
          const cx = x < 0 ? 0 : x > right ? right : x;
          const cy = y < 0 ? 0 : y > bottom ? bottom : y;
          const x0 = cx | 0;
          const y0 = cy | 0;
          const wx = ((cx - x0) * WEIGHTS + 0.5) | 0;
          const wy = ((cy - y0) * WEIGHTS + 0.5) | 0;
          const w11 = (wx * wy + WEIGHTS / 2) >> 8;
          const w01 = wx - w11;
          const w10 = wy - w11;
          const w00 = WEIGHTS - wx - w10;
          const corner = y0 * width + x0;
          const p00 = source[corner]!;
          const p01 = source[corner + 1]!;
          const p10 = source[corner + width]!;
          const p11 = source[corner + width + 1]!;
          const redBlue =
            Math.imul(p00 & 0xff00ff, w00) +
            Math.imul(p01 & 0xff00ff, w01) +
            Math.imul(p10 & 0xff00ff, w10) +
            Math.imul(p11 & 0xff00ff, w11);
          green +=
            Math.imul((p00 >>> 8) & 255, w00) +
            Math.imul((p01 >>> 8) & 255, w01) +
            Math.imul((p10 >>> 8) & 255, w10) +
            Math.imul((p11 >>> 8) & 255, w11);
          red += redBlue & 0xffff;
          blue += redBlue >>> 16;
        }
      }
      result[at] = (red * share + 0.5) | 0;
      result[at + 1] = (green * share + 0.5) | 0;
      result[at + 2] = (blue * share + 0.5) | 0;
    }
  }
  return result;
}
