/** The pipeline of the product in a worker, with doors for tests: exact bytes in, all faces out. */

import { crop, cropTransform } from '../../src/vision/align';
import { loadPipeline } from '../../src/vision/pipeline';
import { loadRuntime, takeGpu } from '../../src/vision/runtime';
import type { GoldenResult, GoldenTask } from './messages';

declare const self: DedicatedWorkerGlobalScope;

const { origin } = self.location;
const runtime = takeGpu('simd').then((none) => loadRuntime(`${origin}/litert/`, 'simd', none));
const loading = loadPipeline(new URL(`${origin}/models/`), runtime);

async function bytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

async function answer(task: GoldenTask): Promise<GoldenResult> {
  const pipeline = await loading;
  const data = await bytes(task.url);
  if (task.kind === 'classify') return [...(await pipeline.classifier.classify(data))];
  const pixels = { data, width: task.width, height: task.height };
  if (task.kind === 'still') return pipeline.still(pixels);
  const { card } = pipeline.classifier;
  const keypoints = task.keypoints.map(([x = 0, y = 0]) => ({ x, y }));
  const transform = cropTransform(keypoints, card.crop, card.size);
  return transform ? Array.from(crop(pixels, transform, card.size)) : [];
}

self.onmessage = ({ data }: MessageEvent<GoldenTask>) => {
  answer(data)
    .catch((error: unknown) => ({ error: String(error) }))
    .then((result) => self.postMessage(result));
};
