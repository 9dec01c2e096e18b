/** Where the faces of a picture are: the passes over it, and the second look. */

import type { SecondLook } from './card';
import type { Detector } from './detector';
import { bestFirst, distinct, iou, type Face } from './geometry';
import type { Pixels, Region } from './pixels';
import type { Box } from './types';

function halfUp(value: number): number {
  return Math.floor(value + 0.5);
}

/** The square that is looked at to see a face large. */
function regionAround(box: Box, factor: number): Region {
  const side = Math.max(1, halfUp(factor * Math.max(box.width, box.height)));
  return {
    x: halfUp(box.x + box.width / 2 - side / 2),
    y: halfUp(box.y + box.height / 2 - side / 2),
    width: side,
    height: side,
  };
}

function reachesOver(box: Box, pixels: Pixels): boolean {
  return (
    box.x < 0 || box.y < 0 || box.x + box.width > pixels.width || box.y + box.height > pixels.height
  );
}

/** Finds faces by the rules of docs/vision.md. */
export class FaceFinder {
  private readonly passes: readonly { detector: Detector; margin: number }[];
  private readonly secondLook: SecondLook;

  constructor(
    private readonly shortRange: Detector,
    fullRange: Detector,
  ) {
    const { secondLook } = shortRange.card;
    if (!secondLook) throw new Error('the short range card says nothing of a second look');
    this.secondLook = secondLook;
    this.passes = [shortRange, fullRange].flatMap((detector) =>
      detector.card.margins.map((margin) => ({ detector, margin })),
    );
  }

  get passCount(): number {
    return this.passes.length;
  }

  /** All faces of a still picture, best first: the passes one by one until one leaves a face. */
  async still(pixels: Pixels): Promise<Face[]> {
    for (let index = 0; index < this.passes.length; index += 1) {
      const faces = await this.pass(pixels, index);
      if (faces.length) return faces;
    }
    return [];
  }

  /** Short range on the region around a box; best first. */
  around(pixels: Pixels, box: Box): Promise<Face[]> {
    return this.shortRange.detect(pixels, 0, regionAround(box, this.secondLook.region));
  }

  /** One pass over the whole picture, small faces looked at again; best first. */
  async pass(pixels: Pixels, index: number): Promise<Face[]> {
    const pass = this.passes[index];
    if (!pass) throw new RangeError(`no pass ${index}`);
    const found = await pass.detector.detect(pixels, pass.margin);
    const small = this.secondLook.below * Math.max(pixels.width, pixels.height);
    const faces: Face[] = [];
    for (const face of found) {
      const better = face.box.width < small ? await this.lookAgain(pixels, face) : face;
      if (better) faces.push(better);
    }
    return distinct(faces.toSorted(bestFirst), this.shortRange.card.iouThreshold);
  }

  private async lookAgain(pixels: Pixels, face: Face): Promise<Face | null> {
    let best: Face | null = null;
    let bestIou = this.secondLook.minIou;
    for (const candidate of await this.around(pixels, face.box)) {
      const overlap = iou(candidate.box, face.box);
      if (best ? overlap > bestIou : overlap >= bestIou) {
        best = candidate;
        bestIou = overlap;
      }
    }
    return best ?? (reachesOver(face.box, pixels) ? face : null);
  }
}
