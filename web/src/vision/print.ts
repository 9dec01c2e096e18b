/** What a face looks like, coarsely: enough to say that it has not moved, far too little to say whose it is. */

import { packed, type Pixels } from './pixels';
import type { Box } from './types';

/** Means of gray over a grid on a box, less their mean: light that changes is no movement. */
export type Print = Float32Array;

const CELLS = 12;
/** Samples along each side of a cell: a camera's noise averages out. */
const SAMPLES = 6;

function positions(start: number, length: number, limit: number): Int32Array {
  const count = CELLS * SAMPLES;
  return Int32Array.from({ length: count }, (_, index) => {
    const at = Math.floor(start + ((index + 0.5) * length) / count);
    return Math.min(Math.max(at, 0), limit - 1);
  });
}

/** The print of what lies inside a box of the picture. */
export function printOf(pixels: Pixels, box: Box): Print {
  const source = packed(pixels);
  const columns = positions(box.x, box.width, pixels.width);
  const rows = positions(box.y, box.height, pixels.height);
  const print = new Float32Array(CELLS * CELLS);
  for (let row = 0; row < rows.length; row += 1) {
    const line = rows[row]! * pixels.width;
    const cells = Math.floor(row / SAMPLES) * CELLS;
    for (let column = 0; column < columns.length; column += 1) {
      const pixel = source[line + columns[column]!]!;
      const gray = 77 * (pixel & 255) + 150 * ((pixel >> 8) & 255) + 29 * ((pixel >> 16) & 255);
      print[cells + Math.floor(column / SAMPLES)]! += gray;
    }
  }
  const share = 1 / (256 * SAMPLES * SAMPLES);
  const mean = (print.reduce((sum, value) => sum + value, 0) / print.length) * share;
  return print.map((sum) => sum * share - mean);
}

/** Mean difference of two prints, in levels of gray (0..255). */
export function differenceOf(one: Print, other: Print): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs(one[at]! - other[at]!);
  return sum / one.length;
}
