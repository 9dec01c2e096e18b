import { describe, expect, it } from 'vitest';
import cases from '../../../tests/golden/browser_fit.json';
import type { Pixels } from './pixels';
import { fit } from './resize';

/** RGBA pixels from RGB values. */
function picture(width: number, height: number, rgb: readonly number[]): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  rgb.forEach((value, index) => (data[Math.floor(index / 3) * 4 + (index % 3)] = value));
  return { data, width, height };
}

function flat(width: number, height: number, value: number): Pixels {
  return picture(width, height, new Array<number>(width * height * 3).fill(value));
}

describe('fit', () => {
  it.each(cases)('$name as OpenCV does', ({ width, height, rgb, size, margin, ...expected }) => {
    const fitted = fit(picture(width, height, rgb), size, margin);

    expect([fitted.offsetX, fitted.offsetY]).toEqual(expected.offset);
    expect([fitted.ratioX, fitted.ratioY]).toEqual(expected.ratio);
    const gaps = expected.square.map((value, index) =>
      Math.abs(value - (fitted.square[index] ?? NaN)),
    );
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1);
    // Shrinking, only ties are rounded to the other side; enlarging, OpenCV's weights have but 11 bits.
    const enlarges = size > Math.max(width, height);
    const differ = gaps.filter((gap) => gap > 0).length / gaps.length;
    expect(differ).toBeLessThan(enlarges ? 0.12 : 0.02);
  });

  it('takes a region as if it were cut out, black outside the picture', () => {
    const noise = cases[1];
    if (!noise) throw new Error('no such case');
    const { width, height, rgb } = noise;
    const region = { x: -6, y: 5, width: 19, height: 19 };
    const cut = Array.from({ length: 19 * 19 * 3 }, (_, index) => {
      const x = region.x + (Math.floor(index / 3) % 19);
      const y = region.y + Math.floor(index / 3 / 19);
      const inside = x >= 0 && x < width && y >= 0 && y < height;
      return inside ? (rgb[(y * width + x) * 3 + (index % 3)] ?? NaN) : 0;
    });

    for (const size of [8, 32]) {
      const whole = fit(picture(19, 19, cut), size, 0);
      const part = fit(picture(width, height, rgb), size, 0, region);
      expect(part).toEqual(whole);
    }
  });

  it('leaves nothing of a region that lies beside the picture', () => {
    const fitted = fit(flat(20, 20, 200), 8, 0, { x: 30, y: -40, width: 16, height: 16 });
    expect(Math.max(...fitted.square)).toBe(0);
  });

  it('keeps an even picture even, and the rest of the square black', () => {
    const { square } = fit(flat(640, 480, 255), 128, 0);
    const row = (y: number) => square.subarray(y * 128 * 3, (y + 1) * 128 * 3);
    expect(new Set(row(15))).toEqual(new Set([0]));
    expect(new Set(row(16))).toEqual(new Set([255]));
    expect(new Set(row(111))).toEqual(new Set([255]));
    expect(new Set(row(112))).toEqual(new Set([0]));
  });
});
