import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from './backends';
import { createVisionClient, type WorkerLike } from './client';
import type { FromWorker, ToWorker } from './messages';
import type { FrameReading, VisionErrorCode } from './types';

/** A worker whose answers the test writes. */
class FakeWorker implements WorkerLike {
  static all: FakeWorker[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  sent: ToWorker[] = [];
  terminated = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }

  ready(): void {
    const [load] = this.sent;
    const backend = load?.kind === 'load' ? load.backend : 'simd';
    this.say({ kind: 'ready', info: { unsureBelow: 0.5, backend } });
  }

  unfit(code: VisionErrorCode = 'unsupported'): void {
    this.say({ kind: 'unfit', code, message: 'no adapter' });
  }

  /** Answers the frame that was sent last. */
  answer(person = 0): void {
    const frame = this.sent.at(-1);
    if (frame?.kind !== 'frame') throw new Error('no frame was sent');
    this.say({ kind: 'reading', id: frame.id, reading: { ...reading(frame.timeS), person } });
  }

  die(): void {
    this.onerror?.({ message: 'out of memory', preventDefault() {} } as unknown as ErrorEvent);
  }
}

function reading(timeS: number): FrameReading {
  return { timeS, width: 640, height: 480, faces: [], person: 0, others: 0, elapsedMs: 1 };
}

function frame(): ImageBitmap {
  return { width: 640, height: 480, close: vi.fn() };
}

function newest(): FakeWorker {
  const worker = FakeWorker.all.at(-1);
  if (!worker) throw new Error('no worker');
  return worker;
}

function client(...ways: Backend[]) {
  return createVisionClient({
    spawn: () => new FakeWorker(),
    ...(ways.length > 0 ? { ways } : {}),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { href: 'http://localhost/live' });
  FakeWorker.all = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the vision client', () => {
  it('tells the worker where the models and the runtime are', () => {
    client();
    expect(newest().sent).toEqual([
      {
        kind: 'load',
        modelsUrl: 'http://localhost/models/',
        runtimeUrl: 'http://localhost/litert/',
        backend: 'simd',
      },
    ]);
  });

  it('is ready when the worker is, and knows what the card says', async () => {
    const vision = client();
    newest().ready();
    await vision.ready;
    expect(await vision.info).toEqual({ unsureBelow: 0.5, backend: 'simd' });
  });

  it('drops and closes a frame that comes while another one is read', async () => {
    const vision = client();
    newest().ready();
    const first = vision.read(frame(), 1);
    const late = frame();
    expect(await vision.read(late, 2)).toBeNull();
    expect(late.close).toHaveBeenCalled();
    newest().answer();
    expect(await first).toEqual(reading(1));
    const next = vision.read(frame(), 3);
    newest().answer();
    expect(await next).toEqual(reading(3));
  });

  it('drops frames before the models are loaded', async () => {
    expect(await client().read(frame(), 1)).toBeNull();
  });

  it('starts another worker when one dies, and the pending read settles with null', async () => {
    const vision = client();
    newest().ready();
    const lost = vision.read(frame(), 1);
    newest().die();
    expect(await lost).toBeNull();
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(await vision.read(frame(), 2)).toBeNull();
    newest().ready();
    const next = vision.read(frame(), 3);
    newest().answer();
    expect(await next).toEqual(reading(3));
  });

  it('numbers persons on when a worker dies: who is seen next may be somebody else', async () => {
    const vision = client();
    const read = async (person: number) => {
      const pending = vision.read(frame(), 1);
      newest().answer(person);
      return (await pending)?.person;
    };
    newest().ready();
    const before = [await read(1), await read(2)];
    newest().die();
    newest().ready();
    const after = [await read(0), await read(1), await read(1)];
    expect(before).toEqual([1, 2]);
    expect(after).toEqual([3, 4, 4]);
  });

  it('takes a worker that does not answer for dead', async () => {
    const vision = client();
    newest().ready();
    const lost = vision.read(frame(), 1);
    vi.advanceTimersByTime(60_000);
    expect(await lost).toBeNull();
    expect(FakeWorker.all).toHaveLength(2);
  });

  it('gives up when the second worker dies soon', async () => {
    const vision = client();
    newest().ready();
    newest().die();
    newest().die();
    expect(FakeWorker.all).toHaveLength(2);
    expect(newest().terminated).toBe(true);
    const late = frame();
    await expect(vision.read(late, 1)).rejects.toMatchObject({ code: 'crashed' });
    expect(late.close).toHaveBeenCalled();
  });

  it('starts again when the next death comes much later', () => {
    client();
    newest().die();
    vi.advanceTimersByTime(120_000);
    newest().die();
    expect(FakeWorker.all).toHaveLength(3);
  });

  it('does not try again with a damaged model', async () => {
    const vision = client();
    newest().say({ kind: 'failed', code: 'model_damaged', message: 'sha256' });
    await expect(vision.ready).rejects.toMatchObject({ code: 'model_damaged' });
    await expect(vision.read(frame(), 1)).rejects.toMatchObject({ code: 'model_damaged' });
    expect(FakeWorker.all).toHaveLength(1);
  });

  it('tells of a browser that has no workers', async () => {
    const vision = createVisionClient({
      spawn: () => {
        throw new Error('no workers here');
      },
    });
    await expect(vision.ready).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('settles everything when it is closed', async () => {
    const vision = client();
    newest().ready();
    const lost = vision.read(frame(), 1);
    vision.close();
    expect(await lost).toBeNull();
    expect(newest().terminated).toBe(true);
    expect(await vision.read(frame(), 2)).toBeNull();
  });

  it('tells which files the worker asks for', () => {
    const fetched: string[] = [];
    createVisionClient({ spawn: () => new FakeWorker(), onFetched: (url) => fetched.push(url) });
    newest().say({ kind: 'fetched', url: 'http://localhost/models/emotion.json' });
    expect(fetched).toEqual(['http://localhost/models/emotion.json']);
  });

  it('takes the next way in a new worker when one does not work here', async () => {
    vi.spyOn(console, 'info').mockReturnValue();
    const vision = client('webgpu', 'threads', 'simd');
    newest().unfit();
    newest().unfit('load_failed');
    newest().ready();
    expect((await vision.info).backend).toBe('simd');
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, true, false]);
  });

  it('tells why when the last way does not work either', async () => {
    vi.spyOn(console, 'info').mockReturnValue();
    const vision = client('threads', 'simd');
    newest().unfit('load_failed');
    newest().unfit('model_damaged');
    await expect(vision.ready).rejects.toMatchObject({ code: 'model_damaged' });
  });

  it('takes the next way when a worker dies, also later, and then still replaces one', async () => {
    vi.spyOn(console, 'info').mockReturnValue();
    const vision = client('webgpu', 'simd');
    newest().ready();
    const lost = vision.read(frame(), 1);
    newest().die();
    expect(await lost).toBeNull();
    newest().ready();
    newest().die();
    expect(FakeWorker.all).toHaveLength(3);
    expect(newest().sent).toMatchObject([{ backend: 'simd' }]);
  });

  it('tries no other way with a damaged model', async () => {
    const vision = client('webgpu', 'simd');
    newest().say({ kind: 'failed', code: 'model_damaged', message: 'sha256' });
    await expect(vision.ready).rejects.toMatchObject({ code: 'model_damaged' });
    expect(FakeWorker.all).toHaveLength(1);
  });
});
