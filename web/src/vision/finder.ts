/** Where the faces are: the passes over a picture, the second look, and how a live stream shares them out over its frames. */

import type { SecondLook } from './card';
import type { Detector } from './detector';
import { area, bestFirst, distinct, iou, type Face } from './geometry';
import type { Pixels, Region } from './pixels';
import type { Box } from './types';

/** Every so many frames of a stream begin with the first pass, so that a nearer face is noticed. */
const FRAMES_TO_FRESH_LOOK = 30;

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

function largest(faces: readonly Face[]): Face | null {
  return faces.reduce<Face | null>(
    (best, face) => (best && area(best.box) >= area(face.box) ? best : face),
    null,
  );
}

/** Finds faces by the rules of docs/vision.md. Holds what a live stream remembers from frame to frame. */
export class FaceFinder {
  private readonly passes: readonly { detector: Detector; margin: number }[];
  private readonly secondLook: SecondLook;

  private tracked: Face | null = null;
  private nextPass = 0;
  private frame = 0;

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

  /** All faces of a still picture, best first: the passes one by one until one leaves a face. */
  async still(pixels: Pixels): Promise<Face[]> {
    for (let index = 0; index < this.passes.length; index += 1) {
      const faces = await this.pass(pixels, index);
      if (faces.length) return faces;
    }
    return [];
  }

  /** The largest face of the next frame of a live stream, with about one run of a detector. */
  async next(pixels: Pixels): Promise<Face | null> {
    const { tracked } = this;
    const fresh = this.frame % FRAMES_TO_FRESH_LOOK === FRAMES_TO_FRESH_LOOK - 1;
    this.frame += 1;
    let face: Face | null = null;
    if (tracked) {
      const looks = [() => this.follow(pixels, tracked), () => this.pass(pixels, 0)];
      for (const look of fresh ? looks.reverse() : looks) face ??= largest(await look());
      this.nextPass = 1;
    } else {
      const index = fresh ? 0 : this.nextPass;
      face = largest(await this.pass(pixels, index));
      this.nextPass = (index + 1) % this.passes.length;
    }
    this.tracked = face;
    return face;
  }

  private follow(pixels: Pixels, face: Face): Promise<Face[]> {
    return this.shortRange.detect(pixels, 0, regionAround(face.box, this.secondLook.region));
  }

  private async pass(pixels: Pixels, index: number): Promise<Face[]> {
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
    for (const candidate of await this.follow(pixels, face)) {
      const overlap = iou(candidate.box, face.box);
      if (best ? overlap > bestIou : overlap >= bestIou) {
        best = candidate;
        bestIou = overlap;
      }
    }
    return best ?? (reachesOver(face.box, pixels) ? face : null);
  }
}
