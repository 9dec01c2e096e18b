/** The worker in which pictures are looked at. The pictures end here: only numbers go back. */

import { pixelsOf } from './frames';
import type { FromWorker, ToWorker } from './messages';
import { loadPipeline, type Pipeline } from './pipeline';
import { SLOW_MS } from './gpu';
import { loadRuntime, takeGpu } from './runtime';
import { Unfit, VisionError } from './types';

type Frame = Extract<ToWorker, { kind: 'frame' }>;

declare const self: DedicatedWorkerGlobalScope;

let pipeline: Pipeline | null = null;

function send(message: FromWorker): void {
  self.postMessage(message);
}

function fail(error: unknown): void {
  if (error instanceof VisionError) {
    send({
      kind: error instanceof Unfit ? 'unfit' : 'failed',
      code: error.code,
      message: error.message,
    });
  } else {
    send({ kind: 'failed', code: 'crashed', message: String(error) });
  }
}

async function load({
  modelsUrl,
  runtimeUrl,
  backend,
}: Extract<ToWorker, { kind: 'load' }>): Promise<void> {
  if (typeof WebAssembly === 'undefined' || typeof OffscreenCanvas === 'undefined') {
    throw new VisionError('unsupported', 'this browser has no WebAssembly or no OffscreenCanvas');
  }
  // Before anything is fetched: where there is none, the next way begins, and nothing is fetched in vain.
  const device = await takeGpu(backend);
  void device?.lost.then(({ message }) => fail(`the GPU is gone: ${message}`));
  const runtime = loadRuntime(runtimeUrl, backend, device);
  const loaded = await loadPipeline(new URL(modelsUrl), runtime);
  if (backend === 'webgpu') await notSlow(loaded);
  pipeline = loaded;
  const { unsureBelow } = pipeline.classifier.card;
  send({ kind: 'ready', info: { unsureBelow, backend } });
}

/** A GPU that takes longer than the processor would is of no use; shaders are compiled by now. */
async function notSlow({ classifier }: Pipeline): Promise<void> {
  const start = performance.now();
  await classifier.prove();
  const ms = performance.now() - start;
  if (ms > SLOW_MS) throw new Unfit('unsupported', `the GPU takes ${Math.round(ms)} ms for a crop`);
}

async function look({ id, frame, timeS, closely }: Frame): Promise<void> {
  const start = performance.now();
  let pixels;
  try {
    pixels = await pixelsOf(frame);
  } finally {
    frame.close();
  }
  if (!pipeline) throw new Error('a frame came before the models');
  const seen = await pipeline.next(pixels, closely);
  const { width, height } = pixels;
  const elapsedMs = performance.now() - start;
  send({ kind: 'reading', id, reading: { timeS, width, height, ...seen, elapsedMs } });
}

// Whoever wants to know what leaves the device must hear of this thread's requests too.
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) send({ kind: 'fetched', url: name });
}).observe({ type: 'resource', buffered: true });

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'load':
      load(data).catch(fail);
      break;
    case 'frame':
      look(data).catch(fail);
  }
};
