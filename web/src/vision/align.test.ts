import { describe, expect, it } from 'vitest';
import { crop, cropTransform, type Similarity } from './align';
import type { CropContract } from './card';
import type { Pixels } from './pixels';

const CONTRACT: CropContract = {
  eyeWeight: 1,
  mouthWeight: 1,
  centreToMouth: 0.25,
  centreX: 0.5,
  centreY: 0.5,
  scale: 0.5,
};

/** A picture whose red is x and green is y. */
function ramp(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    data.set([index % width, Math.floor(index / width), 7, 255], index * 4);
  }
  return { data, width, height };
}

function apply({ a, b, x, y }: Similarity, u: number, v: number): [number, number] {
  return [a * u - b * v + x, b * u + a * v + y];
}

/** Eyes, nose and mouth of a face of a given size, turned by an angle about the middle of its eyes. */
function face(x: number, y: number, unit: number, angle: number) {
  const turn = (dx: number, dy: number) => ({
    x: x + unit * (dx * Math.cos(angle) - dy * Math.sin(angle)),
    y: y + unit * (dx * Math.sin(angle) + dy * Math.cos(angle)),
  });
  return [turn(-0.5, 0), turn(0.5, 0), turn(0, 0.6), turn(0, 1)];
}

describe('cropTransform', () => {
  it.each([0, 0.4, -1.2, 3])('levels the eyes of a face turned by %f', (angle) => {
    const keypoints = face(200, 150, 60, angle);
    const transform = cropTransform(keypoints, CONTRACT, 64);
    if (!transform) throw new Error('no transform');
    const zoom = Math.hypot(transform.a, transform.b);

    // The face scale, sqrt(1 + 1) units, is half the crop's side.
    expect(zoom).toBeCloseTo((60 * Math.SQRT2) / 32, 9);
    const unit = 60 / zoom;
    const [right, left, , mouth] = keypoints;
    const places = [
      [32 - unit / 2, 32 - unit / 4, right],
      [32 + unit / 2, 32 - unit / 4, left],
      [32, 32 + (3 * unit) / 4, mouth],
    ] as const;
    for (const [u, v, point] of places) {
      const [x, y] = apply(transform, u, v);
      expect(x).toBeCloseTo(point?.x ?? NaN, 9);
      expect(y).toBeCloseTo(point?.y ?? NaN, 9);
    }
  });

  it('finds no crop where all keypoints are one', () => {
    const point = { x: 5, y: 5 };
    expect(cropTransform([point, point, point, point], CONTRACT, 64)).toBeNull();
  });
});

describe('crop', () => {
  it('copies pixels where nothing is zoomed', () => {
    const cut = crop(ramp(100, 80), { a: 1, b: 0, x: 20, y: 10 }, 8);
    expect(Array.from(cut.subarray(0, 6))).toEqual([20, 10, 7, 21, 10, 7]);
    expect(Array.from(cut.subarray(-3))).toEqual([27, 17, 7]);
  });

  it('averages all of the picture that a pixel covers', () => {
    // Three pixels wide: 20, 21, 22.
    const cut = crop(ramp(100, 80), { a: 3, b: 0, x: 20, y: 10 }, 4);
    expect(Array.from(cut.subarray(0, 3))).toEqual([21, 11, 7]);
  });

  it('turns with the face', () => {
    // A quarter turn: along the crop's rows the picture's y grows.
    const cut = crop(ramp(100, 80), { a: 0, b: 1, x: 50, y: 10 }, 4);
    expect(Array.from(cut.subarray(0, 6))).toEqual([49, 10, 7, 49, 11, 7]);
  });

  it('repeats the edge outside the picture', () => {
    const cut = crop(ramp(100, 80), { a: 1, b: 0, x: 96, y: -4 }, 8);
    expect(Array.from(cut.subarray(0, 3))).toEqual([96, 0, 7]);
    expect(Array.from(cut.subarray(21, 24))).toEqual([99, 0, 7]);
    expect(Array.from(cut.subarray(-3))).toEqual([99, 3, 7]);
  });
});
