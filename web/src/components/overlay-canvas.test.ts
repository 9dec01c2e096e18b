import { describe, expect, it } from 'vitest';
import { placeBox } from './overlay-canvas';

describe('the box on the preview', () => {
  const frame = { width: 640, height: 480 };

  it('is mirrored like the picture', () => {
    const box = placeBox({ x: 0, y: 48, width: 160, height: 160 }, frame, {
      width: 320,
      height: 240,
    });
    expect(box).toEqual({ x: 240, y: 24, width: 80, height: 80 });
  });

  it('follows a picture that is cut to fit', () => {
    const wide = { width: 1280, height: 480 };
    const box = placeBox({ x: 560, y: 0, width: 160, height: 160 }, wide, {
      width: 320,
      height: 240,
    });
    expect(box).toEqual({ x: 120, y: 0, width: 80, height: 80 });
  });
});
