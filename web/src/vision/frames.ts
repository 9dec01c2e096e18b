/** The pixels of a camera frame, for a worker. */

import type { Pixels } from './pixels';

let canvas: OffscreenCanvas | null = null;
let context: OffscreenCanvasRenderingContext2D | null = null;
let bytes = new Uint8Array(0);

/** Planar formats, whose conversion shows in the number of bytes. */
const PLANAR = /^(I4|NV)/;

/**
 * The frame as sRGB bytes, as shown (cropped, rotated). Does not close the frame. The bytes are valid until the next call.
 *
 * VideoFrame's own conversion takes 1.4 ms for 640x480 where a canvas takes 2.7; both give the same bytes.
 */
export async function pixelsOf(frame: ImageBitmap | VideoFrame): Promise<Pixels> {
  if ('copyTo' in frame && converts(frame)) {
    const { displayWidth: width, displayHeight: height } = frame;
    if (bytes.length !== width * height * 4) bytes = new Uint8Array(width * height * 4);
    await frame.copyTo(bytes, { format: 'RGBA' });
    return { data: bytes, width, height };
  }
  return draw(frame);
}

/** Whether this browser's `copyTo` makes RGBA of this frame; one that cannot ignores that it is asked to. */
function converts(frame: VideoFrame): boolean {
  const { displayWidth, displayHeight, visibleRect, format } = frame;
  const turned = 'rotation' in frame && (frame.rotation !== 0 || ('flip' in frame && frame.flip));
  return (
    !turned &&
    visibleRect?.width === displayWidth &&
    visibleRect.height === displayHeight &&
    PLANAR.test(format ?? '') &&
    frame.allocationSize({ format: 'RGBA' }) === displayWidth * displayHeight * 4
  );
}

function draw(frame: ImageBitmap | VideoFrame): Pixels {
  const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
  const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
  if (!canvas || !context || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
    context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('no 2D canvas in workers');
  }
  context.drawImage(frame, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
