/** The one face that a live stream is about: followed from frame to frame, never mixed with another. */

import type { FaceFinder } from './finder';
import { area, largest, type Face } from './geometry';
import type { Pixels } from './pixels';
import { Print } from './print';

/** Every so many frames of a stream begin with the first pass, so that other faces are noticed. */
const FRAMES_TO_FRESH_LOOK = 30;
/** So many frames without a face, and whoever comes next is somebody else. */
const FRAMES_TO_FORGET = 15;
/** A face with so many times the area of the followed one takes its place: a poster, and then its owner. */
const TAKES_OVER = 2;
/** The same face is at most so many of its widths away, and this many times larger or smaller. */
const SAME_WITHIN = 1;
const SAME_SCALE = 2;

/** Where the middle of the face is that looks like the followed one, in its widths; infinite where it cannot be it. */
function distance(face: Face, followed: Face): number {
  const [one, other] = [face.box, followed.box];
  const scale = one.width / other.width;
  if (scale > SAME_SCALE || scale < 1 / SAME_SCALE) return Infinity;
  const x = one.x + one.width / 2 - other.x - other.width / 2;
  const y = one.y + one.height / 2 - other.y - other.height / 2;
  return Math.hypot(x, y) / other.width;
}

/** Follows a face by the rules of "A live stream" in docs/vision.md. */
export class LiveFinder {
  /** Counts up with every face that is not the one before. */
  person = 0;
  /** Faces beside the followed one when the whole picture was last looked at. */
  others = 0;

  private followed: Face | null = null;
  /** Frames since it was seen. */
  private lost = 0;
  private nextPass = 0;
  private frame = 0;
  /** How the followed face looked in the frame in which a detector found it. */
  private print: Print | null = null;

  constructor(private readonly finder: FaceFinder) {}

  /**
   * The followed face in the next frame, with one run of a detector at most, as a rule.
   *
   * @param closely A detector runs in every frame, also where the face can be tracked without.
   */
  async next(pixels: Pixels, closely = false): Promise<Face | null> {
    const fresh = this.frame % FRAMES_TO_FRESH_LOOK === FRAMES_TO_FRESH_LOOK - 1;
    this.frame += 1;
    if (!closely && !fresh) {
      const tracked = this.track(pixels);
      if (tracked) return (this.followed = tracked);
    }
    const face = await this.look(pixels, fresh);
    if (!face) {
      this.lost += 1;
      if (this.lost >= FRAMES_TO_FORGET) this.followed = null;
      this.print = null;
      return null;
    }
    if (!this.followed || distance(face, this.followed) > SAME_WITHIN) this.person += 1;
    this.followed = face;
    this.lost = 0;
    this.print = closely ? null : new Print(pixels, face.box);
    return face;
  }

  /** Where the face has gone by its print; that stays what it was, so that errors do not add up. */
  private track(pixels: Pixels): Face | null {
    const { followed, print } = this;
    return followed && print && print.find(pixels, followed);
  }

  private async look(pixels: Pixels, fresh: boolean): Promise<Face | null> {
    const { followed } = this;
    if (!followed || this.lost > 0) {
      const index = fresh ? 0 : this.nextPass;
      this.nextPass = (index + 1) % this.finder.passCount;
      return this.choose(await this.finder.pass(pixels, index));
    }
    this.nextPass = 1;
    const around = async () => this.same(await this.finder.around(pixels, followed.box));
    const whole = async () => this.choose(await this.finder.pass(pixels, 0));
    return fresh ? ((await whole()) ?? (await around())) : ((await around()) ?? (await whole()));
  }

  /** Of the faces of the whole picture, the one to read. */
  private choose(faces: readonly Face[]): Face | null {
    this.others = Math.max(0, faces.length - 1);
    const same = this.same(faces);
    const nearest = largest(faces);
    if (same && nearest && area(nearest.box) <= TAKES_OVER * area(same.box)) return same;
    return nearest;
  }

  private same(faces: readonly Face[]): Face | null {
    const { followed } = this;
    if (!followed) return null;
    const [best] = faces
      .map((face) => ({ face, away: distance(face, followed) }))
      .filter(({ away }) => away <= SAME_WITHIN)
      .toSorted((one, other) => one.away - other.away);
    return best?.face ?? null;
  }
}
