/** The one place that touches LiteRT, apart from `worker.ts`, in which it lives: one thread, wasm with SIMD. */

import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import type { Model, ModelOutput } from './model';
import { widenFloat16 } from './float16';
import { VisionError } from './types';

/** Loads the runtime, once for each worker. `folder` is an absolute URL with a slash at the end. */
export async function loadRuntime(folder: string): Promise<void> {
  Object.assign(globalThis, {
    Module: {
      // Without this, the wasm would be looked for beside the worker's script.
      locateFile: (file: string) => folder + file,
      printErr: logError,
    },
  });
  // LiteRT.js asks for a GPU, which nothing here runs on: on a laptop that would wake the strong one.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  const { warn } = console;
  console.warn = () => undefined;
  try {
    await loadLiteRt(folder);
  } catch (error) {
    throw new VisionError('load_failed', `the model runtime did not start: ${String(error)}`);
  } finally {
    console.warn = warn;
  }
}

/** LiteRT writes everything to stderr; most of it is chat about which accelerators it has. */
function logError(line: string): void {
  if (!/^(INFO|WARNING):/.test(line)) console.error(line);
}

/** Compiles a `.tflite` model. `name` is for messages. */
export async function compile(content: Uint8Array, name: string): Promise<Model> {
  try {
    const model = await loadAndCompile(widenFloat16(content), { accelerator: 'wasm' });
    const shape = model.getInputDetails()[0]?.shape;
    if (!shape) throw new Error('it has no input');
    return { run: (input) => run(model, input, shape) };
  } catch (error) {
    throw new VisionError('model_damaged', `the model ${name} cannot be used: ${String(error)}`);
  }
}

async function run(
  model: Awaited<ReturnType<typeof loadAndCompile>>,
  input: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
  shape: Int32Array,
): Promise<ModelOutput[]> {
  const tensor = new Tensor(input, shape);
  let outputs: Tensor[] = [];
  try {
    outputs = await model.run([tensor]);
    return outputs.map((output) => ({
      data: output.toTypedArray() as Float32Array,
      shape: Array.from(output.type.layout.dimensions),
    }));
  } finally {
    // LiteRT's tensors live in wasm memory, which no garbage collector looks after.
    tensor.delete();
    for (const output of outputs) output.delete();
  }
}
