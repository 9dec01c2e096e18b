import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../vision/types';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

const css = new TextDecoder().decode(readFileSync('src/app.css'));

function token(name: string): { light: Rgb; dark: Rgb } {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!found?.[1] || !found[2]) throw new Error(`app.css has no --${name}`);
  return { light: linear(found[1]), dark: linear(found[2]) };
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(matrix: Matrix, [r, g, b]: Rgb): Rgb {
  const row = ([x, y, z]: Rgb) => Math.min(1, Math.max(0, x * r + y * g + z * b));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Euclidean distance in OKLab (Ottosson 2020). */
function distance(a: Rgb, b: Rgb): number {
  const lab = ([r, g, b]: Rgb): Rgb => {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [x, y] = [lab(a), lab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const VISION: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe.each(['light', 'dark'] as const)('colours in the %s theme', (theme) => {
  const surfaces = ['paper', 'card', 'sunken'].map((name) => token(name)[theme]);

  it.each([...EMOTIONS, 'unsure'])('%s stands out from every surface', (name) => {
    for (const surface of surfaces) {
      expect(contrast(token(name)[theme], surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(['ink', 'ink-soft', 'accent'])('text in %s is readable on every surface', (name) => {
    for (const surface of surfaces) {
      expect(contrast(token(name)[theme], surface)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('text on the accent and on soft plates is readable', () => {
    expect(contrast(token('accent-ink')[theme], token('accent')[theme])).toBeGreaterThanOrEqual(
      4.5,
    );
    for (const plate of ['accent-soft', 'warn-soft']) {
      expect(contrast(token('ink')[theme], token(plate)[theme])).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(Object.keys(VISION))('emotions are apart for eyes with %s vision', (kind) => {
    const matrix = VISION[kind] as Matrix;
    const seen = EMOTIONS.map((name) => times(matrix, token(name)[theme]));
    seen.forEach((a, i) =>
      seen.slice(i + 1).forEach((b) => expect(distance(a, b)).toBeGreaterThanOrEqual(0.09)),
    );
  });
});
