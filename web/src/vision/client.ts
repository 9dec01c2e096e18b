/** The page's side of the vision worker: one frame in flight, and every promise settles even when the worker dies. */

import { backends, type Backend, type Surroundings } from './backends';
import type { FromWorker, ToWorker } from './messages';
import { VisionError, type FrameReading, type VisionClient, type VisionInfo } from './types';

/** The part of `Worker` that is used here. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface ClientOptions {
  /** Starts a worker; tests give their own. */
  spawn?: () => WorkerLike;
  /** Ways to run the models, best first, at least one; default: those that this browser may have. */
  ways?: readonly Backend[];
  /** A worker that has not answered for so long is taken for dead, milliseconds. */
  answerMs?: number;
  /** A worker that dies sooner than this after the last death is not replaced, milliseconds. */
  restartMs?: number;
  /** Told of every file that the worker asks for. */
  onFetched?: (url: string) => void;
}

type Frame = ImageBitmap | VideoFrame;

interface Waiting {
  id: number;
  resolve: (reading: FrameReading | null) => void;
  timer: ReturnType<typeof setTimeout>;
}

function spawnWorker(): WorkerLike {
  // A classic worker: LiteRT.js loads its wasm by importScripts. Vite must see this expression as it is.
  return new Worker(new URL('./worker.ts', import.meta.url));
}

function folder(path: string): string {
  return new URL(import.meta.env.BASE_URL + path, globalThis.location.href).href;
}

class WorkerClient implements VisionClient {
  readonly info: Promise<VisionInfo>;
  readonly ready: Promise<void>;
  private settleInfo!: {
    resolve: (info: VisionInfo) => void;
    reject: (error: VisionError) => void;
  };

  private worker: WorkerLike | null = null;
  private loaded = false;
  private waiting: Waiting | null = null;
  private failure: VisionError | null = null;
  private closed = false;
  private nextId = 0;
  private lastDeathMs = -Infinity;
  /** Each worker counts its persons from 0; here they go on from those of the workers before. */
  private firstPerson = 0;
  private person = -1;
  /** Index of the way that is tried, or works. */
  private way = 0;

  constructor(private readonly options: Required<ClientOptions>) {
    this.info = new Promise((resolve, reject) => {
      this.settleInfo = { resolve, reject };
    });
    this.ready = this.info.then(() => undefined);
    // Whoever does not wait for them learns of a failure from `read`.
    this.info.catch(() => undefined);
    this.ready.catch(() => undefined);
    this.start();
  }

  read(frame: Frame, timeS: number, closely = false): Promise<FrameReading | null> {
    if (this.failure || this.closed || !this.worker || !this.loaded || this.waiting) {
      frame.close();
      return this.failure ? Promise.reject(this.failure) : Promise.resolve(null);
    }
    const worker = this.worker;
    const id = this.nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.died('it did not answer'), this.options.answerMs);
      this.waiting = { id, resolve, timer };
      worker.postMessage({ kind: 'frame', id, frame, timeS, closely }, [frame]);
    });
  }

  close(): void {
    this.closed = true;
    this.stop();
    this.settleInfo.reject(new VisionError('crashed', 'closed before it was ready'));
  }

  private start(): void {
    let worker: WorkerLike;
    try {
      worker = this.options.spawn();
    } catch (error) {
      this.fail(new VisionError('unsupported', `no worker: ${String(error)}`));
      return;
    }
    this.worker = worker;
    this.firstPerson = this.person + 1;
    worker.onmessage = ({ data }) => {
      if (worker === this.worker) this.receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.worker) this.died(event.message || 'unknown error');
    };
    worker.onmessageerror = () => {
      if (worker === this.worker) this.died('a message could not be read');
    };
    worker.postMessage(
      {
        kind: 'load',
        modelsUrl: folder('models/'),
        runtimeUrl: folder('litert/'),
        backend: this.options.ways[this.way] ?? 'simd',
      },
      [],
    );
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.loaded = true;
        this.settleInfo.resolve(message.info);
        break;
      case 'reading':
        if (this.waiting?.id === message.id) this.settle(this.numbered(message.reading));
        break;
      case 'fetched':
        this.options.onFetched(message.url);
        break;
      case 'unfit':
        if (!this.nextWay(message.message)) {
          this.fail(new VisionError(message.code, message.message));
        }
        break;
      case 'failed':
        // A crash may pass with a new worker; a damaged file or an old browser stays what it is.
        if (message.code === 'crashed') this.died(message.message);
        else this.fail(new VisionError(message.code, message.message));
    }
  }

  private numbered(reading: FrameReading): FrameReading {
    this.person = this.firstPerson + reading.person;
    return { ...reading, person: this.person };
  }

  private settle(reading: FrameReading | null): void {
    const { waiting } = this;
    this.waiting = null;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.resolve(reading);
  }

  /** A worker of its own for each way: nothing of one that failed is left over. */
  private nextWay(why: string): boolean {
    if (this.way + 1 >= this.options.ways.length) return false;
    console.info(`${this.options.ways[this.way]}: ${why}`);
    this.way += 1;
    this.stop();
    this.start();
    return true;
  }

  private died(why: string): void {
    if (this.nextWay(why)) return;
    const now = performance.now();
    const again = now - this.lastDeathMs > this.options.restartMs;
    this.lastDeathMs = now;
    if (again) {
      this.stop();
      this.start();
    } else {
      this.fail(new VisionError('crashed', `the vision worker died twice: ${why}`));
    }
  }

  private fail(error: VisionError): void {
    this.failure = error;
    this.stop();
    this.settleInfo.reject(error);
  }

  /** Ends the worker; a pending read settles with null. */
  private stop(): void {
    const { worker } = this;
    this.worker = null;
    this.loaded = false;
    if (worker) {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
    }
    this.settle(null);
  }
}

/** Starts the worker, which loads runtime and models at once; see `VisionClient`. */
export function createVisionClient(options: ClientOptions = {}): VisionClient {
  return new WorkerClient({
    spawn: spawnWorker,
    ways: backends(globalThis as Surroundings),
    answerMs: 15_000,
    restartMs: 60_000,
    onFetched: () => undefined,
    ...options,
  });
}
