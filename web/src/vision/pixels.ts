/** A picture in memory: RGBA bytes, row by row, as canvas and VideoFrame give them. Alpha is ignored. */
export interface Pixels {
  data: Uint8ClampedArray | Uint8Array;
  width: number;
  height: number;
}

/** An upright rectangle in whole pixels; what lies outside the picture is black. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The picture as one little-endian 0xAABBGGRR a pixel, without a copy (every browser's machine is little-endian). */
export function packed(pixels: Pixels): Uint32Array {
  const { data, width, height } = pixels;
  return new Uint32Array(data.buffer, data.byteOffset, width * height);
}
