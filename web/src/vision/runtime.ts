/** The one place that touches LiteRT, apart from `worker.ts`, in which it lives. */

import {
  Environment,
  getDefaultEnvironment,
  loadAndCompile,
  loadLiteRt,
  Tensor,
} from '@litertjs/core';
import type { Backend } from './backends';
import { widenFloat16 } from './float16';
import { inTime, openGpu } from './gpu';
import type { Model, ModelInput, ModelOutput } from './model';
import type { Compile } from './pipeline';
import { Unfit } from './types';

/** More find nothing to do in models this small. */
const THREADS = 2;
/** What LiteRT calls the script that its threads run too; in a worker it cannot find out by itself. */
const THREADED_SCRIPT = 'litert_wasm_threaded_internal.js';

/**
 * Loads the runtime, once for each worker.
 *
 * @param folder An absolute URL with a slash at the end.
 * @param device To compute on, with the backend `webgpu`; see `takeGpu`.
 * @throws Unfit where this backend does not work here.
 */
export async function loadRuntime(
  folder: string,
  backend: Backend,
  device: GPUDevice | null,
): Promise<Compile> {
  await start(folder, backend === 'threads');
  const environment = device
    ? await inTime('its environment', Environment.create({ webGpuDevice: device }))
    : getDefaultEnvironment();
  const compiled: Compile = (content, name) => compile(content, name, environment);
  return device ? patiently(compiled) : compiled;
}

/** A driver may hang at any step; the first run is the first that waits for what the GPU computes. */
function patiently(compile: Compile): Compile {
  return async (content, name) => {
    const model = await inTime(`compiling ${name}`, compile(content, name));
    return { run: (input) => inTime(`running ${name}`, model.run(input)) };
  };
}

/**
 * The GPU for the backend that needs one. Before the runtime: that would ask in any case, and for the strong one, which
 * on a laptop would wake it; so it sees none.
 *
 * @throws Unfit where there is none.
 */
export async function takeGpu(backend: Backend): Promise<GPUDevice | null> {
  const { gpu } = navigator;
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  return backend === 'webgpu' ? openGpu(gpu) : null;
}

async function start(folder: string, threads: boolean): Promise<void> {
  Object.assign(globalThis, {
    Module: {
      // Without this, the wasm would be looked for beside the worker's script.
      locateFile: (file: string) => folder + file,
      printErr: logError,
      ...(threads ? { mainScriptUrlOrBlob: folder + THREADED_SCRIPT } : {}),
    },
  });
  const { warn } = console;
  console.warn = () => undefined;
  try {
    await loadLiteRt(folder, { threads });
  } catch (error) {
    throw new Unfit('load_failed', `the model runtime did not start: ${String(error)}`);
  } finally {
    console.warn = warn;
  }
}

/** LiteRT writes everything to stderr; most of it is chat about which accelerators it has. */
function logError(line: string): void {
  if (!/^(INFO|WARNING):|^I\d{4} /.test(line)) console.error(line);
}

/** Compiles a `.tflite` model. `name` is for messages. */
async function compile(
  content: Uint8Array,
  name: string,
  environment: Environment,
): Promise<Model> {
  try {
    const model = await loadAndCompile(widenFloat16(content), {
      accelerator: environment.webGpuDevice ? 'webgpu' : 'wasm',
      cpuOptions: { numThreads: THREADS },
      environment,
    });
    const shape = model.getInputDetails()[0]?.shape;
    if (!shape) throw new Error('it has no input');
    return { run: (input) => run(model, input, shape, environment) };
  } catch (error) {
    throw new Unfit('model_damaged', `the model ${name} cannot be used: ${String(error)}`);
  }
}

async function run(
  model: Awaited<ReturnType<typeof loadAndCompile>>,
  input: ModelInput,
  shape: Int32Array,
  environment: Environment,
): Promise<ModelOutput[]> {
  const tensor = new Tensor(input, shape, environment);
  let outputs: Tensor[] = [];
  try {
    outputs = await model.run([tensor]);
    return await Promise.all(
      outputs.map(async (output) => ({
        data: (await output.data()) as Float32Array,
        shape: Array.from(output.type.layout.dimensions),
      })),
    );
  } finally {
    // LiteRT's tensors live in wasm memory, which no garbage collector looks after.
    tensor.delete();
    for (const output of outputs) output.delete();
  }
}
