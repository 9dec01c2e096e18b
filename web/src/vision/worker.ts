/** The worker in which pictures are looked at. The pictures end here: only numbers go back. */

import { pixelsOf } from './frames';
import type { FromWorker, ToWorker } from './messages';
import { loadPipeline, type Pipeline } from './pipeline';
import { compile, loadRuntime } from './runtime';
import { VisionError } from './types';

type Frame = Extract<ToWorker, { kind: 'frame' }>;

declare const self: DedicatedWorkerGlobalScope;

let pipeline: Pipeline | null = null;

function send(message: FromWorker): void {
  self.postMessage(message);
}

function fail(error: unknown): void {
  if (error instanceof VisionError) {
    send({ kind: 'failed', code: error.code, message: error.message });
  } else {
    send({ kind: 'failed', code: 'crashed', message: String(error) });
  }
}

async function load(modelsUrl: string, runtimeUrl: string): Promise<void> {
  if (typeof WebAssembly === 'undefined' || typeof OffscreenCanvas === 'undefined') {
    throw new VisionError('unsupported', 'this browser has no WebAssembly or no OffscreenCanvas');
  }
  const runtime = loadRuntime(runtimeUrl).then(() => compile);
  pipeline = await loadPipeline(new URL(modelsUrl), runtime);
  const { unsureBelow } = pipeline.classifier.card;
  send({ kind: 'ready', info: { unsureBelow } });
}

async function look({ id, frame, timeS, mayStand }: Frame): Promise<void> {
  const start = performance.now();
  let pixels;
  try {
    pixels = await pixelsOf(frame);
  } finally {
    frame.close();
  }
  if (!pipeline) throw new Error('a frame came before the models');
  const seen = await pipeline.next(pixels, mayStand);
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
      load(data.modelsUrl, data.runtimeUrl).catch(fail);
      break;
    case 'frame':
      look(data).catch(fail);
  }
};
