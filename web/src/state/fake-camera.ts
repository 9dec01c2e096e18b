/** A camera, and what follows from it, as the tests of the live session want them to be. */

import type {
  CameraError,
  Emotion,
  FrameReading,
  Label,
  Mood,
  SensingHandlers,
  VisionClient,
  VisionError,
} from '../vision/types';
import { Conductor } from './conductor';
import { Following } from './following';
import { LiveSession, type Sensors } from './live.svelte';
import { ObservationFolder } from './observations';

export function fakeCamera(change: Partial<Sensors> = {}) {
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
