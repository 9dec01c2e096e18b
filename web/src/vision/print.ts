/** What a face looks like, coarsely: enough to find it again close by, far too little to say whose it is. */

import type { Face } from './geometry';
import { packed, type Pixels } from './pixels';
import type { Box } from './types';

const CELLS = 12;
/** Samples along each side of a cell: a camera's noise averages out. */
const SAMPLES = 6;
const SIDE = CELLS * SAMPLES;
/** How far a face is searched from where it was last, in samples: an eighth of its width in each direction. */
const REACH = 9;
/** Samples between two places that are tried, at first; then those between are tried around the best. */
const STRIDE = 3;

/**
 * The face differs from its print by at most so many levels of gray, and by at most this share of the print's own contrast:
 * in the dark, where there is little of it, everything is alike. Measured in docs/vision.md.
 */
const LEVELS = 5;
const SHARE = 0.2;

/** Where the samples of a box and `reach` more on each side lie along one axis, clamped to the picture. */
function positions(start: number, length: number, limit: number, reach: number): Int32Array {
  return Int32Array.from({ length: SIDE + 2 * reach }, (_, index) => {
    const at = Math.floor(start + ((index - reach + 0.5) * length) / SIDE);
    return Math.min(Math.max(at, 0), limit - 1);
  });
}

/** Levels of gray of the samples, summed from the top left corner: of any rectangle the sum is at hand. */
class Summed {
  private readonly width: number;
  private readonly sums: Float64Array;

  constructor(pixels: Pixels, box: Box, reach: number) {
    const source = packed(pixels);
    const columns = positions(box.x, box.width, pixels.width, reach);
    const rows = positions(box.y, box.height, pixels.height, reach);
    const width = (this.width = columns.length + 1);
    const sums = (this.sums = new Float64Array(width * (rows.length + 1)));
    for (let row = 0; row < rows.length; row += 1) {
      const line = rows[row]! * pixels.width;
      let inRow = 0;
      let at = (row + 1) * width + 1;
      for (let column = 0; column < columns.length; column += 1, at += 1) {
        const pixel = source[line + columns[column]!]!;
        inRow += 77 * (pixel & 255) + 150 * ((pixel >> 8) & 255) + 29 * ((pixel >> 16) & 255);
        sums[at] = sums[at - width]! + inRow / 256;
      }
    }
  }

  /** Writes the means of the cells, less the mean of all, from a sample on: light that changes is no movement. */
  cells(left: number, top: number, into: Float32Array): void {
    const { width } = this;
    const corner = top * width + left;
    const whole = this.within(corner, SIDE) / (SIDE * SIDE);
    for (let row = 0, cell = 0; row < CELLS; row += 1) {
      let at = corner + row * SAMPLES * width;
      for (let column = 0; column < CELLS; column += 1, cell += 1, at += SAMPLES) {
        into[cell] = this.within(at, SAMPLES) / (SAMPLES * SAMPLES) - whole;
      }
    }
  }

  private within(at: number, side: number): number {
    const { width, sums } = this;
    const below = at + side * width;
    return sums[below + side]! - sums[below]! - sums[at + side]! + sums[at]!;
  }
}

/** How a face looked when a detector found it. */
export class Print {
  private readonly cells = new Float32Array(CELLS * CELLS);
  private readonly limit: number;

  constructor(pixels: Pixels, box: Box) {
    new Summed(pixels, box, 0).cells(0, 0, this.cells);
    const contrast = this.cells.reduce((sum, cell) => sum + Math.abs(cell), 0) / this.cells.length;
    this.limit = Math.min(LEVELS, SHARE * contrast);
  }

  /**
   * Where the face is in another picture, as far as it only moved, and by an eighth of its width at most.
   *
   * @param face Where it was last; its size is that of the print.
   * @returns The moved face; null where nothing looks like the print.
   */
  find(pixels: Pixels, face: Face): Face | null {
    const samples = new Summed(pixels, face.box, REACH);
    const cells = new Float32Array(CELLS * CELLS);
    let [x, y, least] = [REACH, REACH, Infinity];
    const attempt = (left: number, top: number): void => {
      samples.cells(left, top, cells);
      const difference = this.differenceTo(cells);
      if (difference < least) [x, y, least] = [left, top, difference];
    };
    for (let top = 0; top <= 2 * REACH; top += STRIDE) {
      for (let left = 0; left <= 2 * REACH; left += STRIDE) attempt(left, top);
    }
    const [nearX, nearY] = [x, y];
    const [first, last] = [1 - STRIDE, STRIDE - 1];
    for (let top = Math.max(0, nearY + first); top <= Math.min(2 * REACH, nearY + last); top += 1) {
      for (
        let left = Math.max(0, nearX + first);
        left <= Math.min(2 * REACH, nearX + last);
        left += 1
      ) {
        attempt(left, top);
      }
    }
    if (least >= this.limit) return null;
    const { width, height } = face.box;
    return moved(face, ((x - REACH) * width) / SIDE, ((y - REACH) * height) / SIDE);
  }

  /** Mean of absolute differences, levels of gray. */
  private differenceTo(cells: Float32Array): number {
    let sum = 0;
    for (let at = 0; at < cells.length; at += 1) sum += Math.abs(cells[at]! - this.cells[at]!);
    return sum / cells.length;
  }
}

function moved(face: Face, x: number, y: number): Face {
  if (x === 0 && y === 0) return face;
  return {
    ...face,
    box: { ...face.box, x: face.box.x + x, y: face.box.y + y },
    keypoints: face.keypoints.map((point) => ({ x: point.x + x, y: point.y + y })),
  };
}
