/** The page that `tests/e2e/test_golden_vision.py` and `benchmarks/vision_browser.py` drive; built by `vite build --mode golden`, never shipped. */

import { openCamera } from '../../src/camera/camera';
import { startSensing } from '../../src/camera/sensing';
import { createVisionClient } from '../../src/vision/client';
import { TemporalFilter } from '../../src/vision/temporal';
import type { FrameReading, Mood } from '../../src/vision/types';
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

/** Reads frames as the product does: the real client and its worker, one stream; `closely`: see `VisionClient.read`. */
async function stream(
  urls: string[],
  width: number,
  height: number,
  closely: boolean,
): Promise<(FrameReading | null)[]> {
  const client = createVisionClient();
  await client.ready;
  const readings = [];
  for (const [index, url] of urls.entries()) {
    const bytes = new Uint8ClampedArray(await (await fetch(url)).arrayBuffer());
    const frame = await createImageBitmap(new ImageData(bytes, width, height));
    readings.push(await client.read(frame, index, closely));
  }
  client.close();
  return readings;
}

/** Senses with the camera for a while, as the live page does. */
async function sense(seconds: number): Promise<{ reading: FrameReading; mood: Mood }[]> {
  const client = createVisionClient();
  const { unsureBelow } = await client.info;
  const stream = await openCamera();
  const seen: { reading: FrameReading; mood: Mood }[] = [];
  await new Promise<void>((resolve, reject) => {
    const sensing = startSensing(stream, client, new TemporalFilter({ unsureBelow }), {
      onReading: (reading, mood) => seen.push({ reading, mood }),
      onError: reject,
    });
    setTimeout(() => {
      sensing.stop();
      resolve();
    }, seconds * 1000);
  });
  client.close();
  return seen;
}

Object.assign(globalThis, { golden: { ask, stream, sense, createVisionClient, TemporalFilter } });
