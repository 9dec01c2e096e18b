/** The pixels that a <video> shows now. */

import type { Pixels } from '../vision/pixels';

/** Draws on one canvas, which nobody sees and which keeps only the last picture. */
export class Viewfinder {
  #canvas = document.createElement('canvas');

  /** In this size; null while the video has no picture. The bytes are the caller's. */
  pixels(video: HTMLVideoElement | undefined, width: number, height: number): Pixels | null {
    if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) return null;
    context.drawImage(video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }
}
