import { describe, expect, it, vi } from 'vitest';
import { CameraError, type VisionClient, VisionError } from '../vision/types';
import { fakeCamera } from './fake-camera';

describe('the camera of the live page', () => {
  it('is asked for only at start, and then leads from a mood to a song', async () => {
    const it = fakeCamera();
    expect(it.live.phase).toBe('off');
    await it.live.start();
    expect(it.live.phase).toBe('watching');
    expect(it.live.isOn).toBe(true);
    it.read(1, 'sadness');
    expect(it.live.mood?.label).toBe('sadness');
    expect(it.wishes).toEqual(['sadness']);
  });

  it('is off at once when it is switched off, and the models go too', async () => {
    const it = fakeCamera();
    await it.live.start();
    for (let second = 0; second <= 3; second++) it.read(second, 'neutral');
    it.live.stop();
    expect(it.live.isOn).toBe(false);
    expect(it.stopped()).toBe(1);
    expect(it.closed()).toBe(1);
    expect(it.observed).toEqual(['neutral']);
  });

  it.each(['denied', 'not_found', 'in_use', 'unsupported'] as const)(
    'says when it is %s, and can be tried again',
    async (code) => {
      const it = fakeCamera({
        openCamera: async () => {
          throw new CameraError(code, 'no');
        },
      });
      await it.live.start();
      expect(it.live).toMatchObject({ phase: 'off', problem: code, isOn: false });
      const again = it.live.start();
      expect(it.live.problem).toBeNull();
      await again;
    },
  );

  it('is switched off when the models do not come', async () => {
    const it = fakeCamera({
      startSensing: async () => {
        throw new VisionError('model_damaged', 'sha256');
      },
    });
    await it.live.start();
    expect(it.live.problem).toBe('model_damaged');
    expect(it.stopped()).toBe(1);
  });

  it('that opens after a change of mind is closed again', async () => {
    let open: (stream: MediaStream) => void = () => undefined;
    let ended = false;
    const it = fakeCamera({ openCamera: () => new Promise((resolve) => (open = resolve)) });
    const started = it.live.start();
    await Promise.resolve();
    await Promise.resolve();
    it.live.stop();
    open({ getTracks: () => [{ stop: () => (ended = true) }] } as unknown as MediaStream);
    await started;
    expect(ended).toBe(true);
    expect(it.live.isOn).toBe(false);
  });

  it('that is unplugged says so, and is asked for again, more and more slowly', async () => {
    vi.useFakeTimers();
    let opened = 0;
    let plugged = true;
    const it = fakeCamera();
    const stream = { getTracks: () => [] } as unknown as MediaStream;
    it.sensors.openCamera = async () => {
      opened += 1;
      if (!plugged) throw new CameraError('not_found', 'unplugged');
      return stream;
    };
    await it.live.start();
    plugged = false;
    it.fail(new CameraError('ended', 'unplugged'));
    expect(it.live).toMatchObject({ phase: 'lost', problem: 'ended', isOn: false });
    expect(it.closed()).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toBe(1 + 4);
    expect(it.live.problem).toBe('not_found');
    plugged = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(it.live).toMatchObject({ phase: 'watching', problem: null, isOn: true });
    vi.useRealTimers();
  });

  it('that opens and shows nothing is asked for more and more slowly, too', async () => {
    vi.useFakeTimers();
    const it = fakeCamera();
    const opening = vi.spyOn(it.sensors, 'openCamera');
    await it.live.start();
    const opened = async (seconds: number) => {
      opening.mockClear();
      for (let second = 0; second < seconds; second += 1) {
        it.fail(new CameraError('in_use', 'no pictures'));
        await vi.advanceTimersByTimeAsync(1000);
      }
      return opening.mock.calls.length;
    };
    expect(await opened(60)).toBe(4);
    // Whoever has seen something is asked soon again.
    await opened(60);
    it.live.tryAgain();
    await vi.advanceTimersByTimeAsync(0);
    it.read(1, 'sadness');
    expect(await opened(4)).toBe(1);
    vi.useRealTimers();
  });

  it('that is lost comes back at once when a device is plugged in, and stays off when told', async () => {
    const it = fakeCamera();
    await it.live.start();
    it.fail(new CameraError('in_use', 'taken'));
    it.live.tryAgain();
    await vi.waitFor(() => expect(it.live.phase).toBe('watching'));
    it.fail(new CameraError('in_use', 'taken'));
    it.live.stop();
    it.live.tryAgain();
    await new Promise((resolve) => setTimeout(resolve));
    expect(it.live).toMatchObject({ phase: 'off', isOn: false });
  });

  it('is not asked for again once it is denied', async () => {
    const it = fakeCamera();
    await it.live.start();
    it.fail(new CameraError('ended', 'unplugged'));
    it.sensors.openCamera = async () => {
      throw new CameraError('denied', 'no');
    };
    it.live.tryAgain();
    await vi.waitFor(() => expect(it.live).toMatchObject({ phase: 'off', problem: 'denied' }));
  });
});

describe('whoever shows what is read', () => {
  it.each<[string, (it: ReturnType<typeof fakeCamera>) => unknown]>([
    ['off', ({ live }) => live.stop()],
    ['lost', ({ fail }) => fail(new CameraError('in_use', 'taken'))],
    ['another', ({ live }) => live.reopen()],
  ])('hears that the camera is %s', async (_, change) => {
    const it = fakeCamera();
    const seen: string[] = [];
    await it.live.rehearse();
    const forget = it.live.onReading(
      () => seen.push('face'),
      () => seen.push('end'),
    );
    it.read(1, 'sadness');
    change(it);
    expect(seen).toEqual(['face', 'end']);
    forget();
    it.live.stop();
  });
});

describe('what is written down', () => {
  it('is nothing while nobody is there', async () => {
    const it = fakeCamera();
    await it.live.start();
    it.presence.away = true;
    for (let second = 0; second < 30; second++) it.read(second, 'unsure');
    it.live.stop();
    expect(it.observed).toEqual([]);
  });

  it('is a line for each person', async () => {
    const it = fakeCamera();
    await it.live.start();
    for (let second = 0; second < 5; second++) it.read(second, 'neutral', 1);
    for (let second = 5; second < 10; second++) it.read(second, 'sadness', 2);
    it.live.stop();
    expect(it.observed).toEqual(['neutral', 'sadness']);
  });
});

describe('models that are loaded before they are wanted', () => {
  it('are those that the camera is read with', async () => {
    const made = vi.fn(
      () => ({ ready: Promise.resolve(), close: vi.fn() }) as unknown as VisionClient,
    );
    const { live } = fakeCamera({ createVisionClient: made });
    await live.prepare();
    await live.prepare();
    expect(live.phase).toBe('off');
    await live.start();
    expect(live.phase).toBe('watching');
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('go when the page is left, unless the camera is on', async () => {
    const it = fakeCamera();
    await it.live.prepare();
    it.live.unprepare();
    expect(it.closed()).toBe(1);
    await it.live.start();
    it.live.unprepare();
    expect(it.live.phase).toBe('watching');
    expect(it.closed()).toBe(1);
  });

  it('are asked for again where they did not come too early', async () => {
    const failed = Promise.reject(new VisionError('load_failed', 'offline'));
    const made = vi
      .fn()
      .mockReturnValueOnce({ ready: failed, close: vi.fn() })
      .mockReturnValue({ ready: Promise.resolve(), close: vi.fn() });
    const { live } = fakeCamera({ createVisionClient: made });
    await live.prepare();
    await failed.catch(() => undefined);
    await live.start();
    expect([live.phase, live.problem]).toEqual(['watching', null]);
    expect(made).toHaveBeenCalledTimes(2);
  });
});
