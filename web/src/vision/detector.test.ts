import { describe, expect, it } from 'vitest';
import { parseDetectorCard } from './card';
import { anchors, Detector, suppress } from './detector';
import type { Face } from './geometry';
import type { Model } from './model';
import shortRange from '../../../models/face_detection_short_range.json';

const CARD = parseDetectorCard(shortRange, 'short range');

function face(x: number, y: number, side: number, score: number): Face {
  return { box: { x, y, width: side, height: side }, score, keypoints: [{ x, y }] };
}

/** A network that answers with given logits and boxes for some of its anchors. */
function network(answers: Record<number, { logit: number; values: number[] }>): Model {
  const count = anchors(CARD).length / 2;
  const raw = new Float32Array(count * 16);
  const logits = new Float32Array(count).fill(-9);
  for (const [anchor, { logit, values }] of Object.entries(answers)) {
    raw.set(values, Number(anchor) * 16);
    logits[Number(anchor)] = logit;
  }
  return {
    // The order of the outputs is not part of the contract.
    run: () =>
      Promise.resolve([
        { data: logits, shape: [1, count, 1] },
        { data: raw, shape: [1, count, 16] },
      ]),
  };
}

const PICTURE = { data: new Uint8ClampedArray(640 * 480 * 4), width: 640, height: 480 };
/** Two of the 16 by 16 cells of stride 8, in the middle; two anchors each. */
const MIDDLE = 2 * (8 * 16 + 8);

describe('anchors', () => {
  it('are as many as the card says, centred in their cells', () => {
    const centres = anchors(CARD);
    expect(centres.length / 2).toBe(shortRange.anchors.count);
    expect(Array.from(centres.subarray(0, 6))).toEqual([4, 4, 4, 4, 12, 4]);
    expect(Array.from(centres.subarray(-2))).toEqual([120, 120]);
  });
});

describe('suppress', () => {
  it('averages what overlaps, by score, and keeps the best score', () => {
    const found = suppress([face(10, 0, 100, 0.6), face(0, 0, 100, 0.9)], 0.3);
    expect(found).toHaveLength(1);
    expect(found[0]?.score).toBe(0.9);
    expect(found[0]?.box.x).toBeCloseTo(4, 9);
    expect(found[0]?.keypoints[0]?.x).toBeCloseTo(4, 9);
  });

  it('keeps apart what does not overlap enough', () => {
    const found = suppress([face(0, 0, 100, 0.6), face(80, 0, 100, 0.9)], 0.3);
    expect(found.map(({ box }) => box.x)).toEqual([80, 0]);
  });
});

describe('the detector', () => {
  it('takes a box back to the pixels of the picture', async () => {
    // 32 input pixels wide and high, centred on its anchor (68, 68); the right eye 8 left and above.
    const values = [0, 0, 32, 32, -8, -8];
    const detector = new Detector(CARD, network({ [MIDDLE]: { logit: 3, values } }));

    const [found] = await detector.detect(PICTURE, 0);

    // 640 pixels are 128 of the input; 16 rows of it are free above the picture.
    expect(found?.box).toEqual({ x: 52 * 5, y: (52 - 16) * 5, width: 160, height: 160 });
    expect(found?.keypoints[0]).toEqual({ x: 60 * 5, y: (60 - 16) * 5 });
    expect(found?.score).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
  });

  it('adds the corner of the region it looked at', async () => {
    const model = network({ [MIDDLE]: { logit: 3, values: [0, 0, 32, 32] } });
    const region = { x: 100, y: -20, width: 256, height: 256 };

    const [found] = await new Detector(CARD, model).detect(PICTURE, 0, region);

    expect(found?.box).toEqual({ x: 100 + 104, y: -20 + 104, width: 64, height: 64 });
  });

  it('drops weak candidates and boxes without an area', async () => {
    const weak = Math.log(CARD.scoreThreshold / (1 - CARD.scoreThreshold)) - 0.01;
    const model = network({
      [MIDDLE]: { logit: weak, values: [0, 0, 32, 32] },
      [MIDDLE + 9]: { logit: 4, values: [0, 0, -3, 32] },
    });
    expect(await new Detector(CARD, model).detect(PICTURE, 0)).toEqual([]);
  });
});
