import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporalFilter } from '../vision/temporal';
import {
  EMOTIONS,
  type CameraError,
  type Emotion,
  type FrameReading,
  type Mood,
  type VisionClient,
  VisionError,
} from '../vision/types';
import { startSensing } from './sensing';
import type { ToTimer } from './timer-worker';

const SADNESS = EMOTIONS.indexOf('sadness');
const ASKED = { width: { ideal: 640 }, frameRate: { ideal: 30 }, facingMode: 'user' };

/** A camera's track, to which a test does what the world does. */
class FakeTrack extends EventTarget {
  muted = false;
  readyState = 'live';
  applied: MediaTrackConstraints[] = [];
  refuses = false;
  stop = vi.fn();

  getConstraints(): MediaTrackConstraints {
    return this.applied.at(-1) ?? ASKED;
  }
  async applyConstraints(wanted: MediaTrackConstraints): Promise<void> {
    this.applied.push(wanted);
    if (this.refuses) throw new DOMException('no', 'OverconstrainedError');
  }
  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

class FakeVideo {
  readonly readyState = 2;
  srcObject: unknown = null;
  play = () => Promise.resolve();
  pause = () => undefined;
  requestVideoFrameCallback(callback: () => void): unknown {
    return setTimeout(callback, 1000 / 30);
  }
  cancelVideoFrameCallback(handle: ReturnType<typeof setTimeout>): void {
    clearTimeout(handle);
  }
}

/** What there is to see: somebody's face, or null. */
interface Scene {
  emotion: Emotion;
  person: number;
}

function reading(scene: Scene | null, timeS: number): FrameReading {
  const face = {
    box: { x: 100, y: 100, width: 100, height: 100 },
    score: 1,
    keypoints: [],
    probabilities: EMOTIONS.map((emotion) => (emotion === scene?.emotion ? 0.95 : 0.01)),
  };
  const faces = scene ? [face] : [];
  const person = scene?.person ?? 0;
  return { timeS, width: 640, height: 480, faces, person, others: 0, elapsedMs: 5 };
}

function sensing() {
  const track = new FakeTrack();
  const it = {
    track,
    scene: { emotion: 'sadness', person: 0 } as Scene | null,
    looks: 0,
    moods: [] as Mood[],
    errors: [] as (CameraError | VisionError)[],
    fails: null as Error | null,
    closely: false,
    /** Whether each look was to be a close one. */
    asked: [] as (boolean | undefined)[],
    /** So long takes each look, seconds. */
    slowS: 0,
    begin() {
      const read: VisionClient['read'] = async (_, timeS, closely) => {
        it.looks += 1;
        it.asked.push(closely);
        if (it.fails) throw it.fails;
        if (it.slowS) await new Promise((resolve) => setTimeout(resolve, 1000 * it.slowS));
        return reading(it.scene, timeS);
      };
      const stream = { getVideoTracks: () => [track], getTracks: () => [track] };
      return startSensing(
        stream as unknown as MediaStream,
        { read } as VisionClient,
        new TemporalFilter({ unsureBelow: 0.4 }),
        {
          onReading: (_, mood) => it.moods.push(mood),
          onError: (error) => it.errors.push(error),
          closely: () => it.closely,
        },
      );
    },
    pass: (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds),
    /** The moods of so many seconds. */
    async moodsOf(seconds: number): Promise<Mood[]> {
      it.moods = [];
      await it.pass(seconds);
      return it.moods;
    },
  };
  return it;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { createElement: () => new FakeVideo() });
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
  vi.stubGlobal('MediaStream', vi.fn());
  vi.stubGlobal('VideoFrame', vi.fn());
  // There is no worker here: the page's own timers do.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a camera that is watched', () => {
  it('becomes moods, quickly at first and about once a second when nothing changes', async () => {
    const it = sensing();
    it.begin();
    await it.pass(6);
    expect(it.moods.at(-1)).toMatchObject({ label: 'sadness', reason: null });
    expect(it.moods.length).toBeGreaterThan(50);
    const calm = await it.moodsOf(20);
    expect(calm.length).toBeGreaterThan(15);
    expect(calm.length).toBeLessThan(25);
    expect(calm.filter(({ label }) => label !== 'sadness')).toEqual([]);
    expect(calm.at(-1)?.confidence).toBeGreaterThan(0.9);
  });

  it('is taken to be as it was between two calm looks, also where they take long', async () => {
    const it = sensing();
    it.begin();
    await it.pass(6);
    it.slowS = 1.6;
    const calm = await it.moodsOf(20);
    expect(calm.length).toBeGreaterThan(10);
    expect(calm.filter(({ label }) => label !== 'sadness')).toEqual([]);
  });

  it('is looked at quickly all the time while somebody wants to see each movement', async () => {
    const it = sensing();
    it.closely = true;
    it.begin();
    await it.pass(20);
    expect((await it.moodsOf(10)).length).toBeGreaterThan(100);
    expect(new Set(it.asked)).toEqual(new Set([true]));
    it.closely = false;
    it.asked = [];
    await it.pass(5);
    expect(new Set(it.asked)).toEqual(new Set([false]));
  });

  it('never mixes two persons: whoever comes is read from the beginning', async () => {
    const it = sensing();
    it.begin();
    await it.pass(10);
    it.scene = { emotion: 'happiness', person: 1 };
    const moods = await it.moodsOf(8);
    expect(moods[0]).toMatchObject({ label: 'unsure', reason: 'starting' });
    expect(moods.some(({ label }) => label === 'sadness')).toBe(false);
    expect(moods.at(-1)?.label).toBe('happiness');
    const sadness = moods.map(({ probabilities }) => probabilities?.[SADNESS] ?? 0);
    expect(Math.max(...sadness)).toBeLessThan(0.02);
  });
});

describe('an empty chair', () => {
  it('is worth 5 frames a second after 20 s, and 30 as soon as somebody is back', async () => {
    const it = sensing();
    it.begin();
    await it.pass(10);
    it.scene = null;
    await it.pass(19);
    expect(it.track.applied).toEqual([]);
    await it.pass(4);
    expect(it.track.applied).toMatchObject([{ frameRate: { ideal: 5 } }]);
    it.scene = { emotion: 'happiness', person: 1 };
    await it.pass(3);
    expect(it.track.applied).toMatchObject([{}, { frameRate: { ideal: 30 } }]);
  });

  it('leaves all else as it was asked for: constraints replace those before', async () => {
    const it = sensing();
    it.begin();
    await it.pass(1);
    it.scene = null;
    await it.pass(25);
    expect(it.track.applied).toEqual([{ ...ASKED, frameRate: { ideal: 5 } }]);
  });

  it('before a camera that cannot be slower is watched all the same', async () => {
    const it = sensing();
    it.track.refuses = true;
    it.begin();
    await it.pass(1);
    it.scene = null;
    await it.pass(25);
    it.scene = { emotion: 'happiness', person: 1 };
    await it.pass(8);
    expect(it.moods.at(-1)?.label).toBe('happiness');
    expect(it.errors).toEqual([]);
  });
});

describe('a camera that another program takes', () => {
  it('is given up after three seconds without pictures', async () => {
    const it = sensing();
    it.begin();
    await it.pass(5);
    it.track.mute(true);
    // Its last picture would be shown on and on.
    expect(await it.moodsOf(2.9)).toEqual([]);
    expect(it.errors).toEqual([]);
    await it.pass(0.2);
    expect(it.errors).toMatchObject([{ name: 'CameraError', code: 'in_use' }]);
    expect(it.track.stop).toHaveBeenCalled();
  });

  it('and gives back soon is watched on', async () => {
    const it = sensing();
    it.begin();
    await it.pass(5);
    for (let time = 0; time < 3; time += 1) {
      it.track.mute(true);
      await it.pass(2);
      it.track.mute(false);
      await it.pass(2);
    }
    expect(it.errors).toEqual([]);
    expect((await it.moodsOf(5)).at(-1)?.label).toBe('sadness');
  });

  it('had taken before it was opened here is given up, too', async () => {
    const it = sensing();
    it.track.muted = true;
    it.begin();
    await it.pass(3.1);
    expect(it.errors).toMatchObject([{ code: 'in_use' }]);
  });
});

describe('a camera that ends', () => {
  it('is told of once, and nothing is left of it', async () => {
    const it = sensing();
    it.begin();
    await it.pass(5);
    it.track.dispatchEvent(new Event('ended'));
    it.track.mute(true);
    expect(await it.moodsOf(10)).toEqual([]);
    expect(it.errors).toMatchObject([{ name: 'CameraError', code: 'ended' }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('had ended before anybody could listen is told of, too', async () => {
    const it = sensing();
    it.track.readyState = 'ended';
    it.begin();
    await it.pass(0.1);
    expect(it.errors).toMatchObject([{ code: 'ended' }]);
  });

  it('because it was stopped is no error', async () => {
    const it = sensing();
    const { stop } = it.begin();
    await it.pass(5);
    it.slowS = 2;
    await it.pass(1);
    it.track.mute(true);
    stop();
    // A look is still on its way, and says nothing any more.
    expect(await it.moodsOf(10)).toEqual([]);
    expect(it.errors).toEqual([]);
    expect(it.track.stop).toHaveBeenCalledTimes(1);
  });

  it('leaves no timer behind, and no worker for one', async () => {
    const terminate = vi.fn();
    vi.stubGlobal(
      'Worker',
      class {
        onmessage: ((event: { data: number }) => void) | null = null;
        terminate = terminate;
        postMessage({ id, milliseconds }: ToTimer): void {
          if (milliseconds !== null) setTimeout(() => this.onmessage?.({ data: id }), milliseconds);
        }
      },
    );
    const it = sensing();
    const { stop } = it.begin();
    await it.pass(5);
    it.track.mute(true);
    stop();
    expect(terminate).toHaveBeenCalledTimes(1);
    await it.pass(0.3);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a look that fails', () => {
  it.each([
    [new VisionError('model_damaged', 'sha256'), 'model_damaged'],
    [new TypeError('a bug'), 'crashed'],
  ])('ends it, and says why: %s', async (error, code) => {
    const it = sensing();
    it.begin();
    await it.pass(1);
    it.fails = error;
    const before = it.looks;
    await it.pass(5);
    expect(it.looks).toBe(before + 1);
    expect(it.errors).toMatchObject([{ name: 'VisionError', code }]);
    expect(it.track.stop).toHaveBeenCalled();
  });
});
