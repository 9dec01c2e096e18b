import { describe, expect, it } from 'vitest';
import { OverlaySmoother } from './overlay';
import type { FaceReading } from './types';

function face(x: number): FaceReading {
  const box = { x, y: 100, width: 100, height: 100 };
  return { box, score: 1, keypoints: [], probabilities: [] };
}

/** Where the box is after a second of display frames at a rate. */
function positions(smoother: OverlaySmoother, fromS: number, rate: number, seconds: number) {
  const frames = Math.round(rate * seconds);
  return Array.from(
    { length: frames },
    (_, frame) => smoother.at(fromS + (frame + 1) / rate)?.box.x ?? NaN,
  );
}

describe('the overlay', () => {
  it('draws nothing before there is a face', () => {
    expect(new OverlaySmoother().at(0)).toBeNull();
  });

  it('glides to a new place without passing it', () => {
    const smoother = new OverlaySmoother();
    smoother.update([face(0)]);
    smoother.at(0);
    smoother.update([face(40)]);
    const path = positions(smoother, 0, 60, 0.6);
    expect(path.every((x, index) => x > (path[index - 1] ?? 0) && x < 40)).toBe(true);
    expect(path.at(-1)).toBeGreaterThan(39);
  });

  it('is in the same place at the same time at any display rate', () => {
    const at = [30, 60, 144].map((rate) => {
      const smoother = new OverlaySmoother();
      smoother.update([face(0)]);
      smoother.at(0);
      smoother.update([face(40)]);
      return positions(smoother, 0, rate, 1 / 6).at(-1) ?? NaN;
    });
    expect(at[1]).toBeCloseTo(at[0] ?? NaN, 9);
    expect(at[2]).toBeCloseTo(at[0] ?? NaN, 9);
  });

  it('jumps to another face', () => {
    const smoother = new OverlaySmoother();
    smoother.update([face(0)]);
    smoother.at(0);
    smoother.update([face(400)]);
    expect(smoother.at(0.016)?.box.x).toBe(400);
  });

  it('fades away where the face was', () => {
    const smoother = new OverlaySmoother();
    smoother.update([face(0)]);
    smoother.at(0);
    expect(smoother.at(1)?.opacity).toBeGreaterThan(0.99);
    smoother.update([]);
    const fading = smoother.at(1.1);
    expect(fading?.box.x).toBe(0);
    expect(fading?.opacity).toBeLessThan(0.6);
    expect(smoother.at(3)).toBeNull();
  });

  it('has nothing to draw once it has arrived, until it is to go elsewhere', () => {
    const smoother = new OverlaySmoother();
    expect(smoother.settled).toBe(true);
    smoother.update([face(0)]);
    expect(smoother.settled).toBe(false);
    positions(smoother, 0, 60, 2);
    expect(smoother.settled).toBe(true);
    smoother.update([face(0)]);
    expect(smoother.settled).toBe(true);
    smoother.update([face(40)]);
    expect(smoother.settled).toBe(false);
    positions(smoother, 2, 60, 2);
    smoother.update([]);
    expect(smoother.settled).toBe(false);
    positions(smoother, 4, 60, 2);
    expect(smoother.settled).toBe(true);
  });
});
