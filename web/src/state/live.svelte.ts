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
import type { Following } from './following';

/** `lost`: the camera went away by itself, and is asked for again and again. */
type CameraPhase = 'off' | 'asking' | 'loading' | 'watching' | 'lost';
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

/** First and longest wait before a lost camera is asked for again, milliseconds. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

interface Reader {
  read(reading: FrameReading, mood: Mood): void;
  end(): void;
}

/** The camera, from the click to the reading. */
export class LiveSession {
  phase = $state<CameraPhase>('off');
  problem = $state<CameraProblem | null>(null);
  mood = $state.raw<Mood | null>(null);
  stream = $state.raw<MediaStream | null>(null);
  /** Nobody has been there for a while. */
  away = $state(false);
  /** Others are in the picture too; only the followed face is read. */
  others = $state(false);
  /** The camera shows itself, and nothing follows from what it sees: neither music nor diary. */
  rehearsing = $state(false);
  /** Somebody wants to see what each movement does. */
  closely = false;
  #readers: Reader[] = [];
  #sensing: Sensing | null = null;
  #client: VisionClient | null = null;
  #shownS = -Infinity;
  /** A camera that opens after `stop` is closed again. */
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #waitMs = FIRST_WAIT_MS;

  constructor(
    private readonly loadSensors: () => Promise<Sensors>,
    private readonly following: Following,
  ) {}

  get isOn(): boolean {
    return this.stream !== null;
  }

  /** Every reading, to be shown; `end`: the camera goes, and whoever is seen next may be somebody else. */
  onReading(read: Reader['read'], end: Reader['end'] = () => undefined): () => void {
    const reader = { read, end };
    this.#readers.push(reader);
    return () => {
      this.#readers = this.#readers.filter((other) => other !== reader);
    };
  }

  /** Loads the models before they are wanted, so that the first reading comes soon after the click. */
  async prepare(): Promise<void> {
    if (this.#client || this.phase !== 'off') return;
    const attempt = this.#attempt;
    const sensors = await this.loadSensors();
    if (attempt === this.#attempt && !this.#client) this.#load(sensors, attempt);
  }

  /** The models go again, unless the camera is on. */
  unprepare(): void {
    if (this.phase === 'off') this.stop();
  }

  /** The models, which those of a lost camera are still. */
  #load(sensors: Sensors, attempt: number): VisionClient {
    if (this.#client) return this.#client;
    const client = (this.#client = sensors.createVisionClient());
    client.ready.catch(() => {
      // What could not be loaded too early may be there when it is wanted.
      if (attempt === this.#attempt && this.phase === 'off') this.stop();
    });
    return client;
  }

  /** From now on expressions count: a rehearsal becomes a session, else the camera is opened. */
  async start(): Promise<void> {
    const rehearsed = this.rehearsing;
    this.rehearsing = false;
    if (rehearsed && this.phase === 'watching') this.following.begin();
    await this.#switchOn();
  }

  /** Only to see the camera's picture and how well it can be read; a session that is on goes on. */
  async rehearse(): Promise<void> {
    if (this.phase !== 'off') return;
    this.rehearsing = true;
    await this.#switchOn();
  }

  async #switchOn(): Promise<void> {
    if (this.phase !== 'off') return;
    this.problem = null;
    this.phase = 'asking';
    await this.#open();
  }

  stop(): void {
    this.#attempt += 1;
    clearTimeout(this.#retry);
    this.#waitMs = FIRST_WAIT_MS;
    this.#release();
    this.#client?.close();
    this.#client = null;
    this.rehearsing = false;
    this.phase = 'off';
  }

  /** Takes the camera that is preferred now, in place of the one that is open. */
  async reopen(): Promise<void> {
    if (this.phase !== 'watching' && this.phase !== 'loading') return;
    this.#release();
    this.phase = 'loading';
    await this.#open();
  }

  /** Asks for a lost camera now: the user does not want to wait, or a device was plugged in. */
  tryAgain(): void {
    if (this.phase !== 'lost') return;
    clearTimeout(this.#retry);
    void this.#open();
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt;
    const isLate = () => attempt !== this.#attempt;
    try {
      const sensors = await this.loadSensors();
      if (isLate()) return;
      // The models load while the browser asks.
      const client = this.#load(sensors, attempt);
      const stream = await sensors.openCamera();
      if (isLate()) return stopTracks(stream);
      this.stream = stream;
      if (this.phase === 'asking') this.phase = 'loading';
      const sensing = await sensors.startSensing(stream, client, {
        onReading: (reading, mood) => isLate() || this.#read(reading, mood),
        onError: (error) => isLate() || this.#fail(error),
        closely: () => this.closely,
      });
      if (isLate()) return sensing.stop();
      this.#sensing = sensing;
      this.problem = null;
      this.phase = 'watching';
      if (!this.rehearsing) this.following.begin();
    } catch (error) {
      if (!isLate()) this.#fail(error);
    }
  }

  /** The camera is off, and all that came from it is forgotten; the models stay. */
  #release(): void {
    this.#sensing?.stop();
    if (this.stream) stopTracks(this.stream);
    this.#sensing = null;
    this.stream = null;
    this.mood = null;
    this.others = false;
    this.#shownS = -Infinity;
    this.following.end();
    for (const reader of this.#readers) reader.end();
  }

  #read(reading: FrameReading, mood: Mood): void {
    // Now it is really back: one that is taken by another program opens, and shows nothing.
    this.#waitMs = FIRST_WAIT_MS;
    for (const reader of this.#readers) reader.read(reading, mood);
    this.others = reading.others > 0;
    if (!this.rehearsing) this.following.see(reading, mood);
    const shown = this.mood;
    const changed = mood.label !== shown?.label || mood.reason !== shown.reason;
    const early = reading.timeS - this.#shownS < SHOW_EVERY_S;
    if (!changed && (early || !visiblyOther(mood, shown))) return;
    this.#shownS = reading.timeS;
    this.mood = mood;
  }

  #fail(error: unknown): void {
    // Before the first picture the user is there and can do something about it.
    const was = this.phase;
    const lost = error instanceof CameraError && (was === 'watching' || was === 'lost');
    if (lost && error.code !== 'denied' && error.code !== 'unsupported') {
      this.#lose(error.code);
      return;
    }
    this.stop();
    if (error instanceof CameraError || error instanceof VisionError) this.problem = error.code;
    else {
      console.error(error);
      this.problem = 'crashed';
    }
  }

  /** Says so, and asks again more and more slowly; the music does not mind. */
  #lose(code: CameraErrorCode): void {
    this.#attempt += 1;
    this.#release();
    this.phase = 'lost';
    this.problem = code;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#open(), this.#waitMs);
    this.#waitMs = Math.min(2 * this.#waitMs, LONGEST_WAIT_MS);
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
