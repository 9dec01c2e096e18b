import { describe, expect, it } from 'vitest';
import type { Pixels } from '../vision/pixels';
import type { FaceReading, Point } from '../vision/types';
import { brightnessOf, measure } from './measures';

/** A gray picture, by a function of the place. */
function picture(gray: (x: number, y: number) => number, width = 320, height = 240): Pixels {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    data.fill(gray(at % width, Math.floor(at / width)), 4 * at, 4 * at + 3);
  }
  return { data, width, height };
}

interface Head {
  x?: number;
  y?: number;
  width?: number;
  /** Degrees that the head leans. */
  lean?: number;
  /** Nose, in eye distances to the side, and on the way from eyes to mouth. */
  nose?: [number, number];
}

/** A face of the usual proportions. */
function face({ x = 80, y = 60, width = 120, lean = 0, nose = [0, 0.5] }: Head = {}): FaceReading {
  const turn = (lean * Math.PI) / 180;
  const centre = { x: x + width / 2, y: y + width / 2 };
  const at = (along: number, down: number): Point => ({
    x: centre.x + width * (along * Math.cos(turn) - down * Math.sin(turn)),
    y: centre.y + width * (along * Math.sin(turn) + down * Math.cos(turn)),
  });
  return {
    box: { x, y, width, height: width },
    score: 1,
    keypoints: [
      at(-0.2, -0.15),
      at(0.2, -0.15),
      at(0.4 * nose[0], -0.15 + 0.42 * nose[1]),
      at(0, 0.27),
    ],
    probabilities: [0, 0, 0, 1, 0, 0],
  };
}

const stripes = (x: number) => (x % 24 < 12 ? 80 : 160);
/** The same stripes with soft edges, as out of focus. */
const soft = (x: number) => 120 - 40 * Math.sin((x * Math.PI) / 12);

describe('the light on a face', () => {
  it('is its mean gray, whatever is around it', () => {
    const lit = picture((x, y) => (x >= 80 && x < 200 && y >= 60 && y < 180 ? 120 : 250));
    expect(measure(lit, face()).brightness).toBeCloseTo(120, 0);
    expect(brightnessOf(picture(() => 30))).toBeCloseTo(30, 5);
  });

  it('that only gets dimmer leaves contrast and sharpness as they are', () => {
    const full = measure(picture(stripes), face());
    const dim = measure(
      picture((x) => stripes(x) / 4),
      face(),
    );
    expect(dim.brightness).toBeCloseTo(full.brightness / 4, 0);
    expect(dim.contrast).toBeCloseTo(full.contrast, 1);
    expect(dim.sharpness).toBeCloseTo(full.sharpness, 1);
  });

  it('without any contrast has none, and no edges either', () => {
    const { contrast, sharpness } = measure(
      picture(() => 130),
      face(),
    );
    expect([contrast, sharpness]).toEqual([0, 0]);
    expect(
      measure(
        picture(() => 0),
        face(),
      ).contrast,
    ).toBe(0);
  });
});

it('soft edges are less sharp than hard ones, at the same contrast', () => {
  const hard = measure(picture(stripes), face());
  const blurred = measure(picture(soft), face());
  expect(blurred.sharpness).toBeLessThan(hard.sharpness / 2);
});

describe('where a face is', () => {
  const wall = picture(() => 130);

  it('is told in pixels, and in the shorter side of the picture', () => {
    expect(measure(wall, face({ width: 120 }))).toMatchObject({
      widthPx: 120,
      fill: 0.5,
      inside: 1,
    });
  });

  it('counts what lies beyond the edge', () => {
    expect(measure(wall, face({ x: -30 })).inside).toBeCloseTo(0.75);
    expect(measure(wall, face({ x: -30, y: 150 })).inside).toBeCloseTo(0.75 * 0.75);
  });
});

describe('where a face looks', () => {
  const wall = picture(() => 130);
  const angles = (head: Head) => measure(wall, face(head));

  it('is straight where the nose is in the middle', () => {
    const { roll, yaw, pitch } = angles({});
    expect([roll, yaw]).toEqual([expect.closeTo(0), expect.closeTo(0)]);
    expect(pitch).toBeCloseTo(0.5);
  });

  it.each([-0.4, 0.4])('is to the side by the nose: %s', (side) => {
    expect(angles({ nose: [side, 0.5] }).yaw).toBeCloseTo(0.4);
  });

  it('is up or down by how far the nose is on the way to the mouth', () => {
    expect(angles({ nose: [0, 0.9] }).pitch).toBeCloseTo(0.9);
  });

  it.each([-40, 40])('does not change with a head that leans by %s degrees', (lean) => {
    const { roll, yaw, pitch } = angles({ lean, nose: [0.1, 0.6] });
    expect(roll).toBeCloseTo(40);
    expect(yaw).toBeCloseTo(0.1);
    expect(pitch).toBeCloseTo(0.6);
  });
});
