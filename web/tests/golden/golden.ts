/** The page that `tests/e2e/test_golden_vision.py` drives; built by `vite build --mode golden`, never shipped. */

import { createVisionClient } from '../../src/vision/client';
import type { FrameReading } from '../../src/vision/types';
import type { GoldenResult, GoldenTask } from './messages';

let worker: Worker | null = null;

/** Has the golden worker do one task. One at a time. */
function ask(task: GoldenTask): Promise<GoldenResult> {
  const asked = (worker ??= new Worker(new URL('./golden-worker.ts', import.meta.url)));
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }: MessageEvent<GoldenResult>) => resolve(data);
    asked.onerror = (event) => reject(new Error(event.message));
    asked.postMessage(task);
  });
}

/** Reads frames as the product does: the real client and its worker, one stream. */
async function stream(
  urls: string[],
  width: number,
  height: number,
): Promise<(FrameReading | null)[]> {
  const client = createVisionClient();
  await client.ready;
  const readings = [];
  for (const [index, url] of urls.entries()) {
    const bytes = new Uint8ClampedArray(await (await fetch(url)).arrayBuffer());
    const frame = await createImageBitmap(new ImageData(bytes, width, height));
    readings.push(await client.read(frame, index));
  }
  client.close();
  return readings;
}

Object.assign(globalThis, { golden: { ask, stream } });
