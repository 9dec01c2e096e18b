import { describe, expect, it, vi } from 'vitest';
import {
  CameraError,
  type Emotion,
  type FrameReading,
  type Label,
  type Mood,
  type SensingHandlers,
  type VisionClient,
  VisionError,
} from '../vision/types';
import { Conductor } from './conductor';
import { Following } from './following';
import { LiveSession, type Sensors } from './live.svelte';
import { ObservationFolder } from './observations';

function world(change: Partial<Sensors> = {}) {
  let stopped = 0;
  let closed = 0;
  let handlers: SensingHandlers | null = null;
  const wishes: (Emotion | null)[] = [];
  const stream = { getTracks: () => [{ stop: () => stopped++ }] } as unknown as MediaStream;
  const sensors: Sensors = {
    openCamera: async () => stream,
    createVisionClient: () =>
      ({ ready: Promise.resolve(), close: () => closed++ }) as unknown as VisionClient,
    startSensing: async (_, __, given) => {
      handlers = given;
      return { stream, stop: () => undefined };
    },
    ...change,
  };
  const nobody = () => {
    throw new Error('nothing plays in these tests');
  };
  const conductor = new Conductor({
    plan: (wish) => {
      wishes.push(wish.emotion);
      return new Promise(() => undefined);
    },
    reporter: { started: nobody, trackFailed: nobody },
    players: {} as ConstructorParameters<typeof Conductor>[0]['players'],
    clock: { now: () => 0 },
    autoplay: () => true,
  });
  const observed: Label[] = [];
  const folder = new ObservationFolder(({ emotion }) => observed.push(emotion));
  const present: boolean[] = [];
  const presence = {
    away: false,
    see: (_: number, there: boolean) => present.push(there),
    end: () => undefined,
  };
  const switched: Label[] = [];
  const switching = {
    see: (_: number, label: Label) => switched.push(label),
    end: () => undefined,
  };
  const following = new Following({ music: conductor, diary: folder, presence, switching });
  const live = new LiveSession(async () => sensors, following);
  return {
    live,
    sensors,
    music: () => conductor.snapshot.status,
    presence,
    present,
    switched,
    wishes,
    observed,
    stopped: () => stopped,
    closed: () => closed,
    read(timeS: number, label: Label, person = 0): void {
      const reading: FrameReading = {
        timeS,
        width: 4,
        height: 3,
        faces: [],
        person,
        others: 0,
        elapsedMs: 1,
      };
      const mood: Mood = {
        timeS,
        label,
        reason: null,
        confidence: 0.9,
        probabilities: null,
        sinceS: 0,
      };
      handlers?.onReading(reading, mood);
    },
    fail: (error: CameraError | VisionError) => handlers?.onError(error),
  };
}

describe('the camera of the live page', () => {
  it('is asked for only at start, and then leads from a mood to a song', async () => {
    const it = world();
    expect(it.live.phase).toBe('off');
    await it.live.start();
    expect(it.live.phase).toBe('watching');
    expect(it.live.isOn).toBe(true);
    it.read(1, 'sadness');
    expect(it.live.mood?.label).toBe('sadness');
    expect(it.wishes).toEqual(['sadness']);
  });

  it('is off at once when it is switched off, and the models go too', async () => {
    const it = world();
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
      const it = world({
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
    const it = world({
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
    const it = world({ openCamera: () => new Promise((resolve) => (open = resolve)) });
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
    const it = world();
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

  it('that is lost comes back at once when a device is plugged in, and stays off when told', async () => {
    const it = world();
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
    const it = world();
    await it.live.start();
    it.fail(new CameraError('ended', 'unplugged'));
    it.sensors.openCamera = async () => {
      throw new CameraError('denied', 'no');
    };
    it.live.tryAgain();
    await vi.waitFor(() => expect(it.live).toMatchObject({ phase: 'off', problem: 'denied' }));
  });
});

describe('a rehearsal', () => {
  it('shows the camera and its readings, and nothing follows from them', async () => {
    const it = world();
    await it.live.rehearse();
    for (let second = 0; second < 5; second++) it.read(second, 'sadness');
    expect(it.live).toMatchObject({
      phase: 'watching',
      rehearsing: true,
      mood: { label: 'sadness' },
    });
    it.live.stop();
    expect([it.wishes, it.observed, it.present, it.switched]).toEqual([[], [], [], []]);
    expect(it.music()).toBe('idle');
    expect(it.live.rehearsing).toBe(false);
  });

  it('becomes a session without a new camera', async () => {
    const it = world();
    await it.live.rehearse();
    it.read(1, 'sadness');
    await it.live.start();
    it.read(2, 'happiness');
    expect(it.live).toMatchObject({ phase: 'watching', rehearsing: false });
    expect(it.wishes).toEqual(['happiness']);
    expect(it.stopped()).toBe(0);
  });

  it('does not end a session that is on', async () => {
    const it = world();
    await it.live.start();
    await it.live.rehearse();
    it.read(1, 'sadness');
    expect(it.wishes).toEqual(['sadness']);
  });

  it('takes another camera, and is still one', async () => {
    const it = world();
    await it.live.rehearse();
    await it.live.reopen();
    it.read(1, 'sadness');
    expect(it.live).toMatchObject({ phase: 'watching', rehearsing: true });
    expect([it.stopped(), it.closed()]).toEqual([1, 0]);
    expect(it.wishes).toEqual([]);
  });

  it('takes another camera also while the models of the one before still load', async () => {
    const it = world();
    const { startSensing } = it.sensors;
    let loaded: () => void = () => undefined;
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const late: SensingHandlers[] = [];
    it.sensors.startSensing = async (stream, client, handlers) => {
      await loading;
      late.push(handlers);
      return startSensing(stream, client, handlers);
    };
    const opened = vi.spyOn(it.sensors, 'openCamera');
    const first = it.live.rehearse();
    await vi.waitFor(() => expect(it.live.phase).toBe('loading'));
    const second = it.live.reopen();
    const third = it.live.reopen();
    loaded();
    await Promise.all([first, second, third]);
    expect(it.live).toMatchObject({ phase: 'watching', isOn: true });
    expect(opened).toHaveBeenCalledTimes(2);
    // What the camera that was given up still says is of no interest.
    late[0]?.onError(new CameraError('ended', 'stopped'));
    expect(it.live).toMatchObject({ phase: 'watching', problem: null });
  });
});

describe('whoever shows what is read', () => {
  it.each<[string, (it: ReturnType<typeof world>) => unknown]>([
    ['off', ({ live }) => live.stop()],
    ['lost', ({ fail }) => fail(new CameraError('in_use', 'taken'))],
    ['another', ({ live }) => live.reopen()],
  ])('hears that the camera is %s', async (_, change) => {
    const it = world();
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
    const it = world();
    await it.live.start();
    it.presence.away = true;
    for (let second = 0; second < 30; second++) it.read(second, 'unsure');
    it.live.stop();
    expect(it.observed).toEqual([]);
  });

  it('is a line for each person', async () => {
    const it = world();
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
    const { live } = world({ createVisionClient: made });
    await live.prepare();
    await live.prepare();
    expect(live.phase).toBe('off');
    await live.start();
    expect(live.phase).toBe('watching');
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('go when the page is left, unless the camera is on', async () => {
    const it = world();
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
    const { live } = world({ createVisionClient: made });
    await live.prepare();
    await failed.catch(() => undefined);
    await live.start();
    expect([live.phase, live.problem]).toEqual(['watching', null]);
    expect(made).toHaveBeenCalledTimes(2);
  });
});
