/**
 * BlazeFace and its decoding. Bazarevsky et al. 2019, arXiv 1907.05047; decoding and weighted non-maximum suppression
 * follow MediaPipe's `face_detection` graphs. See docs/vision.md.
 */

import type { DetectorCard } from './card';
import { checkPicture, prove } from './check';
import { bestFirst, iou, type Face } from './geometry';
import type { Model } from './model';
import type { Pixels, Region } from './pixels';
import { fit, type Fitted } from './resize';

/** Centres of all anchors, [N, 2] in input pixels, in the order of the model's outputs. */
export function anchors(card: DetectorCard): Float64Array {
  const centres: number[] = [];
  for (const { stride, perCell } of card.layers) {
    const cells = Math.ceil(card.size / stride);
    const step = card.size / cells;
    for (let row = 0; row < cells; row += 1) {
      for (let column = 0; column < cells; column += 1) {
        for (let index = 0; index < perCell; index += 1) {
          centres.push((column + card.anchorOffset) * step, (row + card.anchorOffset) * step);
        }
      }
    }
  }
  return Float64Array.from(centres);
}

/**
 * Weighted non-maximum suppression: the best candidate takes with it all that overlap it by more than `iouThreshold`;
 * their coordinates are averaged with the scores as weights, the score stays the best one's.
 */
export function suppress(candidates: readonly Face[], iouThreshold: number): Face[] {
  let rest = candidates.toSorted((one, other) => other.score - one.score);
  const found: Face[] = [];
  for (let best = rest[0]; best; best = rest[0]) {
    const { box, score } = best;
    const group = rest.filter((face) => face === best || iou(face.box, box) > iouThreshold);
    rest = rest.filter((face) => !group.includes(face));
    found.push({ ...average(group), score });
  }
  return found;
}

function average(group: readonly Face[]): Omit<Face, 'score'> {
  const total = group.reduce((sum, face) => sum + face.score, 0);
  const mean = (value: (face: Face) => number) =>
    group.reduce((sum, face) => sum + value(face) * face.score, 0) / total;
  return {
    box: {
      x: mean(({ box }) => box.x),
      y: mean(({ box }) => box.y),
      width: mean(({ box }) => box.width),
      height: mean(({ box }) => box.height),
    },
    keypoints: (group[0]?.keypoints ?? []).map((_, index) => ({
      x: mean((face) => face.keypoints[index]?.x ?? 0),
      y: mean((face) => face.keypoints[index]?.y ?? 0),
    })),
  };
}

/** One BlazeFace model. */
export class Detector {
  private readonly anchors: Float64Array;
  /** Network input for each byte. */
  private readonly normalised: Float32Array;
  private readonly input: Float32Array<ArrayBuffer>;

  constructor(
    readonly card: DetectorCard,
    private readonly model: Model,
  ) {
    this.anchors = anchors(card);
    this.input = new Float32Array(card.size * card.size * 3);
    this.normalised = Float32Array.from({ length: 256 }, (_, byte) =>
      Math.fround(Math.fround(byte / card.divideBy) - card.subtract),
    );
  }

  /**
   * Finds faces, best first; coordinates are in pixels of the picture and may lie outside it.
   *
   * @param margin Share of the network's input that stays free on each side.
   * @param region Part of the picture to look at; default: all of it.
   */
  async detect(pixels: Pixels, margin: number, region?: Region): Promise<Face[]> {
    const fitted = fit(pixels, this.card.size, margin, region);
    const outputs = await this.model.run(this.normalise(fitted.square));
    const [raw, logits] = outputs.toSorted((a, b) => (b.shape.at(-1) ?? 0) - (a.shape.at(-1) ?? 0));
    if (!raw || !logits) throw new Error('a face detector has two outputs');
    const candidates = this.candidates(raw.data, logits.data);
    const { x, y } = region ?? { x: 0, y: 0 };
    return suppress(candidates, this.card.iouThreshold)
      .map((face) => toPicture(face, fitted, x, y))
      .toSorted(bestFirst);
  }

  /** @throws Unfit where the model says something else here than it should. */
  prove(): Promise<void> {
    const { card, model } = this;
    return prove(model, this.normalise(checkPicture(card.size)), card);
  }

  private normalise(square: Uint8Array | Uint8ClampedArray): Float32Array<ArrayBuffer> {
    const { input, normalised } = this;
    for (let at = 0; at < input.length; at += 1) input[at] = normalised[square[at]!]!;
    return input;
  }

  /** Boxes over the score threshold, in input pixels. */
  private candidates(raw: Float32Array, logits: Float32Array): Face[] {
    const { scoreClip, scoreThreshold, size, coordinateScale } = this.card;
    const perAnchor = raw.length / logits.length;
    const unit = size / coordinateScale;
    const found: Face[] = [];
    for (let index = 0; index < logits.length; index += 1) {
      const logit = Math.min(Math.max(logits[index]!, -scoreClip), scoreClip);
      const score = 1 / (1 + Math.exp(-logit));
      if (score < scoreThreshold) continue;
      const centreX = this.anchors[2 * index]!;
      const centreY = this.anchors[2 * index + 1]!;
      const value = (at: number) => raw[index * perAnchor + at]! * unit;
      const width = value(2);
      const height = value(3);
      if (!(width > 0 && height > 0)) continue;
      const keypoints = [];
      for (let at = 4; at + 1 < perAnchor; at += 2) {
        keypoints.push({ x: value(at) + centreX, y: value(at + 1) + centreY });
      }
      const x = value(0) + centreX - width / 2;
      const y = value(1) + centreY - height / 2;
      found.push({ box: { x, y, width, height }, score, keypoints });
    }
    return found;
  }
}

function toPicture(face: Face, fitted: Fitted, originX: number, originY: number): Face {
  const { offsetX, offsetY, ratioX, ratioY } = fitted;
  const { box } = face;
  return {
    score: face.score,
    box: {
      x: (box.x - offsetX) * ratioX + originX,
      y: (box.y - offsetY) * ratioY + originY,
      width: box.width * ratioX,
      height: box.height * ratioY,
    },
    keypoints: face.keypoints.map(({ x, y }) => ({
      x: (x - offsetX) * ratioX + originX,
      y: (y - offsetY) * ratioY + originY,
    })),
  };
}
