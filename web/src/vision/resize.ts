/** Fitting a picture, or a region of it, into the square that a detector takes: "Fit" in docs/vision.md. */

import { packed, type Pixels, type Region } from './pixels';

/** A picture inside a black square, and the way back. */
export interface Fitted {
  /** RGB bytes, [size, size, 3]. */
  square: Uint8Array;
  /** Corner of the picture in the square, pixels. */
  offsetX: number;
  offsetY: number;
  /** Picture pixels per square pixel. */
  ratioX: number;
  ratioY: number;
}

/** The pixels of one axis of a region that are looked at: of the source, those at origin + step * (0..length - 1). */
interface Line {
  origin: number;
  step: number;
  length: number;
}

/** Leaves all but every `step`th pixel out. */
function thinned(origin: number, length: number, step: number): Line {
  const before = Math.min(step >> 1, length - 1);
  return { origin: origin + before, step, length: Math.ceil((length - before) / step) };
}

/**
 * For each output position the run of a line's positions whose weighted mean it is. Inside a run all weights are equal;
 * only its two ends differ.
 */
interface Taps {
  source: Line;
  first: Int32Array;
  last: Int32Array;
  firstWeight: Float32Array;
  innerWeight: Float32Array;
  lastWeight: Float32Array;
}

/** Of a mean, in each direction: where there are twice as many pixels or more, some are left out. */
const LEAST_PIXELS = 2;

/** Weights under this are rounding of exact boundaries, as in OpenCV's computeResizeAreaTab. */
const SLIVER = 1e-3;

/** Exact areas: OpenCV's INTER_AREA. Positions are in the region, 0..length. */
function areaRun(output: number, scale: number, length: number): [number, number[]] {
  const start = output * scale;
  const end = start + scale;
  const cell = Math.min(scale, length - start);
  const innerEnd = Math.min(Math.floor(end), length - 1);
  const innerStart = Math.min(Math.ceil(start), innerEnd);
  const weights: number[] = [];
  let first = innerStart;
  if (innerStart - start > SLIVER) {
    first -= 1;
    weights.push((innerStart - start) / cell);
  }
  for (let index = innerStart; index < innerEnd; index += 1) weights.push(1 / cell);
  if (end - innerEnd > SLIVER) weights.push(Math.min(end - innerEnd, 1, cell) / cell);
  return [first, weights];
}

/** Two neighbours: OpenCV's INTER_LINEAR. Positions are in the region, 0..length. */
function linearRun(output: number, scale: number, length: number): [number, number[]] {
  const centre = Math.min(Math.max((output + 0.5) * scale - 0.5, 0), length - 1);
  const first = Math.floor(centre);
  const weight = centre - first;
  return [first, weight > 0 ? [1 - weight, weight] : [1]];
}

/**
 * @param outputs Number of output positions.
 * @param limit Length of the source; what lies outside it is black, so that it needs no tap.
 */
function taps(run: typeof areaRun, outputs: number, source: Line, limit: number): Taps {
  const { origin, step, length } = source;
  const inside = Math.max(Math.ceil(-origin / step), 0);
  const outside = Math.ceil((limit - origin) / step);
  const result: Taps = {
    source,
    first: new Int32Array(outputs),
    last: new Int32Array(outputs).fill(-1),
    firstWeight: new Float32Array(outputs),
    innerWeight: new Float32Array(outputs),
    lastWeight: new Float32Array(outputs),
  };
  for (let output = 0; output < outputs; output += 1) {
    const [start, all] = run(output, length / outputs, length);
    const first = Math.max(start, inside);
    const weights = all.slice(first - start, Math.max(outside - start, first - start));
    result.first[output] = first;
    result.last[output] = first + weights.length - 1;
    result.firstWeight[output] = weights[0] ?? 0;
    result.innerWeight[output] = weights[1] ?? 0;
    result.lastWeight[output] = weights.length > 1 ? (weights.at(-1) ?? 0) : 0;
  }
  return result;
}

/** Shrinks or stretches one row along x into `line`, [outputs, 3]. */
function resizeRow(source: Uint32Array, rowStart: number, across: Taps, line: Float32Array): void {
  const { first, last, firstWeight, innerWeight, lastWeight } = across;
  const { origin, step } = across.source;
  const start = rowStart + origin;
  const outputs = first.length;
  for (let output = 0, at = 0; output < outputs; output += 1, at += 3) {
    const from = start + first[output]! * step;
    const to = start + last[output]! * step;
    if (to < from) {
      line[at] = line[at + 1] = line[at + 2] = 0;
      continue;
    }
    let value = source[from]!;
    let weight = firstWeight[output]!;
    let red = (value & 255) * weight;
    let green = ((value >>> 8) & 255) * weight;
    let blue = ((value >>> 16) & 255) * weight;
    if (to > from) {
      // Red and blue are summed in the halves of one integer: room for 256 pixels, and runs are far shorter.
      let redBlue = 0;
      let greens = 0;
      for (let index = from + step; index < to; index += step) {
        value = source[index]!;
        redBlue = (redBlue + (value & 0xff00ff)) | 0;
        greens += (value >>> 8) & 255;
      }
      weight = innerWeight[output]!;
      red += (redBlue & 0xffff) * weight;
      green += greens * weight;
      blue += (redBlue >>> 16) * weight;
      value = source[to]!;
      weight = lastWeight[output]!;
      red += (value & 255) * weight;
      green += ((value >>> 8) & 255) * weight;
      blue += ((value >>> 16) & 255) * weight;
    }
    line[at] = red;
    line[at + 1] = green;
    line[at + 2] = blue;
  }
}

/** Larger than the error of our sums, smaller than what is left of any fraction but a half. */
const HALF_SLACK = 1e-4;

/** Rounds halves to even. */
function toEven(value: number): number {
  const up = (value + 0.5 + HALF_SLACK) | 0;
  const half = Math.abs(value + 0.5 - up) < HALF_SLACK;
  return half && up % 2 === 1 ? up - 1 : up;
}

/**
 * Whether means are often halves, which OpenCV rounds to even: where a whole number of pixels makes
 * one. For two to one it has a path of its own, which rounds up.
 */
function hasHalves(length: number, outputs: number): boolean {
  return length > 2 * outputs && length % outputs === 0;
}

/**
 * Fits a region of a picture into a square.
 *
 * @param size Side of the square, pixels.
 * @param margin Share of the square that stays free on each side.
 * @param region Default: the whole picture.
 */
export function fit(pixels: Pixels, size: number, margin: number, region?: Region): Fitted {
  const { x, y, width, height } = region ?? {
    x: 0,
    y: 0,
    width: pixels.width,
    height: pixels.height,
  };
  const longer = Math.round(size * (1 - 2 * margin));
  const shrink = longer / Math.max(width, height);
  const newWidth = Math.max(1, Math.floor(width * shrink + 0.5));
  const newHeight = Math.max(1, Math.floor(height * shrink + 0.5));
  const offsetX = Math.floor((size - newWidth) / 2);
  const offsetY = Math.floor((size - newHeight) / 2);
  const run = shrink < 1 ? areaRun : linearRun;
  const step = Math.max(1, Math.floor(Math.max(width, height) / (LEAST_PIXELS * longer)));
  const columns = thinned(x, width, step);
  const rows = thinned(y, height, step);
  const halvesToEven = hasHalves(columns.length, newWidth) && hasHalves(rows.length, newHeight);
  const across = taps(run, newWidth, columns, pixels.width);
  const down = taps(run, newHeight, rows, pixels.height);

  const source = packed(pixels);
  const square = new Uint8Array(size * size * 3);
  const sum = new Float32Array(newWidth * 3);
  // Neighbouring outputs share at most two source rows, so two remembered lines save every second look at a row.
  const lines = [new Float32Array(newWidth * 3), new Float32Array(newWidth * 3)] as const;
  const lineRows = [-1, -1];

  for (let output = 0; output < newHeight; output += 1) {
    sum.fill(0);
    const first = down.first[output]!;
    const last = down.last[output]!;
    for (let row = first; row <= last; row += 1) {
      const line = lines[row & 1]!;
      if (lineRows[row & 1] !== row) {
        resizeRow(source, (rows.origin + row * step) * pixels.width, across, line);
        lineRows[row & 1] = row;
      }
      const weight =
        row === first
          ? down.firstWeight[output]!
          : row === last
            ? down.lastWeight[output]!
            : down.innerWeight[output]!;
      for (let at = 0; at < sum.length; at += 1) sum[at]! += line[at]! * weight;
    }
    const start = ((output + offsetY) * size + offsetX) * 3;
    for (let at = 0; at < sum.length; at += 1) {
      square[start + at] = halvesToEven ? toEven(sum[at]!) : (sum[at]! + 0.5) | 0;
    }
  }
  return {
    square,
    offsetX,
    offsetY,
    ratioX: (columns.length * step) / newWidth,
    ratioY: (rows.length * step) / newHeight,
  };
}
