import {
  CameraError,
  type CameraErrorCode,
  type FrameReading,
  type Mood,
  type Sensing,
  type SensingHandlers,
  type VisionClient,
  VisionError,
  type VisionErrorCode,
} from '../vision/types';
import type { Conductor } from './conductor';
import type { ObservationFolder } from './observations';

type CameraPhase = 'off' | 'asking' | 'loading' | 'watching';
type CameraProblem = CameraErrorCode | VisionErrorCode;

/** Camera and models, as this page needs them. */
export interface Sensors {
  openCamera(): Promise<MediaStream>;
  createVisionClient(): VisionClient;
  /** When the models are there; rejects with a VisionError if they never are. */
  startSensing(
    stream: MediaStream,
    client: VisionClient,
    handlers: SensingHandlers,
  ): Promise<Sensing>;
}

/** Bars and words need not change with every frame, nor by what nobody can see: every change is drawn for half a second. */
const SHOW_EVERY_S = 0.2;
const SHOW_FROM = 0.02;

/** The camera, from the click to the reading. */
export class LiveSession {
  phase = $state<CameraPhase>('off');
  problem = $state<CameraProblem | null>(null);
  mood = $state.raw<Mood | null>(null);
  stream = $state.raw<MediaStream | null>(null);
  #readers: ((reading: FrameReading, mood: Mood) => void)[] = [];
  #sensing: Sensing | null = null;
  #client: VisionClient | null = null;
  #shownS = -Infinity;
  /** A camera that opens after `stop` is closed again. */
  #attempt = 0;

  constructor(
    private readonly loadSensors: () => Promise<Sensors>,
    private readonly conductor: Conductor,
    private readonly folder: ObservationFolder,
  ) {}

  get isOn(): boolean {
    return this.stream !== null;
  }

  /** Every reading, for the overlay. */
  onReading(reader: (reading: FrameReading, mood: Mood) => void): () => void {
    this.#readers.push(reader);
    return () => {
      this.#readers = this.#readers.filter((other) => other !== reader);
    };
  }

  async start(): Promise<void> {
    if (this.phase !== 'off') return;
    const attempt = ++this.#attempt;
    this.problem = null;
    this.phase = 'asking';
    try {
      const sensors = await this.loadSensors();
      if (attempt !== this.#attempt) return;
      // The models load while the browser asks.
      const client = sensors.createVisionClient();
      client.ready.catch(() => undefined);
      this.#client?.close();
      this.#client = client;
      const stream = await sensors.openCamera();
      if (attempt !== this.#attempt) {
        stopTracks(stream);
        return;
      }
      this.stream = stream;
      this.phase = 'loading';
      const sensing = await sensors.startSensing(stream, client, {
        onReading: (reading, mood) => this.#read(reading, mood),
        onError: (error) => this.#fail(error),
      });
      if (attempt !== this.#attempt) {
        sensing.stop();
        return;
      }
      this.#sensing = sensing;
      this.phase = 'watching';
      this.conductor.begin();
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
  }

  stop(): void {
    this.#attempt += 1;
    this.#sensing?.stop();
    this.#client?.close();
    if (this.stream) stopTracks(this.stream);
    this.#sensing = null;
    this.#client = null;
    this.stream = null;
    this.mood = null;
    this.phase = 'off';
    this.#shownS = -Infinity;
    this.folder.end();
    this.conductor.see('unsure', 0, null);
  }

  #read(reading: FrameReading, mood: Mood): void {
    for (const reader of this.#readers) reader(reading, mood);
    this.conductor.see(mood.label, mood.confidence, mood.probabilities);
    this.folder.push({
      timeS: reading.timeS,
      label: mood.label,
      probabilities: reading.faces[0]?.probabilities ?? null,
    });
    const shown = this.mood;
    const changed = mood.label !== shown?.label || mood.reason !== shown.reason;
    const early = reading.timeS - this.#shownS < SHOW_EVERY_S;
    if (!changed && (early || !visiblyOther(mood, shown))) return;
    this.#shownS = reading.timeS;
    this.mood = mood;
  }

  #fail(error: unknown): void {
    this.stop();
    if (error instanceof CameraError || error instanceof VisionError) this.problem = error.code;
    else {
      console.error(error);
      this.problem = 'crashed';
    }
  }
}

function visiblyOther(one: Mood, other: Mood): boolean {
  const before = other.probabilities;
  if (!one.probabilities || !before) return one.probabilities !== before;
  return one.probabilities.some((value, i) => Math.abs(value - (before[i] ?? 0)) >= SHOW_FROM);
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
