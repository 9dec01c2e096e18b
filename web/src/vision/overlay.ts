/**
 * Boxes to draw: glides from reading to reading at display rate, so that 15 readings a second look like 60. Pure
 * arithmetic; the caller draws.
 */

import type { Box, FaceReading } from './types';

/** A box as it should be drawn now. */
export interface OverlayBox {
  box: Box;
  /** 0..1: fades in and out. */
  opacity: number;
}

/** Time in which a box covers 63 % of its way, seconds. */
const GLIDE_S = 0.09;
/** The same for fading. */
const FADE_S = 0.15;
/** Nearer than this to where it should be, a box has arrived: share of its width. */
const ARRIVED = 0.002;
/** A face that is further away than this share of its size is another one: the box jumps. */
const JUMP = 0.8;

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function near(one: Box, other: Box): boolean {
  const reach = JUMP * Math.max(one.width, other.width);
  return (
    Math.abs(one.x + one.width / 2 - other.x - other.width / 2) < reach &&
    Math.abs(one.y + one.height / 2 - other.y - other.height / 2) < reach
  );
}

/** Smooths the box of the one face that counts. Positions are in pixels of the camera's frame, not mirrored. */
export class OverlaySmoother {
  private shown: Box | null = null;
  private target: Box | null = null;
  private opacity = 0;
  private lastS: number | null = null;

  /** Takes the faces of a new reading. */
  update(faces: readonly FaceReading[]): void {
    this.target = faces[0]?.box ?? null;
  }

  /** Nothing will move until the next `update`: there is nothing to draw. */
  get settled(): boolean {
    const { shown, target } = this;
    if (!target) return shown === null;
    if (!shown || this.opacity < 0.99) return false;
    const reach = ARRIVED * target.width;
    return (['x', 'y', 'width', 'height'] as const).every(
      (side) => Math.abs(shown[side] - target[side]) <= reach,
    );
  }

  /** The box at a display frame's time, seconds of any clock that does not go back; null: draw nothing. */
  at(timeS: number): OverlayBox | null {
    const passedS = this.lastS === null ? 0 : Math.max(0, timeS - this.lastS);
    this.lastS = timeS;
    this.opacity = mix(this.opacity, this.target ? 1 : 0, 1 - Math.exp(-passedS / FADE_S));
    if (this.target) {
      const share = 1 - Math.exp(-passedS / GLIDE_S);
      const from = this.shown && near(this.shown, this.target) ? this.shown : this.target;
      this.shown = {
        x: mix(from.x, this.target.x, share),
        y: mix(from.y, this.target.y, share),
        width: mix(from.width, this.target.width, share),
        height: mix(from.height, this.target.height, share),
      };
    } else if (this.opacity < 0.01) {
      this.shown = null;
      this.opacity = 0;
    }
    return this.shown && { box: this.shown, opacity: this.opacity };
  }
}
