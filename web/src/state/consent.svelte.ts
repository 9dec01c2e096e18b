import { type DeviceStorage, recall, remember, type Remembered } from './device-storage';

/** Who must know of an answer. */
interface Concerned {
  /** Told before the answer counts. */
  onHistory?: (allowed: boolean) => void;
  /** Told when it counts, whichever tab it was given in. */
  onChange?: () => void;
}

type Answer = Pick<Consent, 'camera' | 'history' | 'traceless'>;

/** What the user allowed on this device, in any of its tabs. Null: not asked yet, which allows nothing. */
export class Consent implements Remembered {
  readonly key = 'today-feeling.consent';
  /** The camera may be switched on. */
  camera = $state<boolean | null>(null);
  /** Readings and songs may be kept on the server. */
  history = $state<boolean | null>(null);
  /** Not even a session may be on the server; nobody is asked for it twice. */
  traceless = $state(false);

  constructor(
    private readonly storage: DeviceStorage,
    private readonly concerned: Concerned = {},
  ) {
    Object.assign(this, this.#load());
  }

  get asked(): boolean {
    return this.camera !== null && this.history !== null;
  }

  answer(camera: boolean, wanted: boolean, traceless = this.traceless): void {
    const answer = { camera, history: wanted && !traceless, traceless };
    this.concerned.onHistory?.(answer.history);
    Object.assign(this, answer);
    remember(this.storage, this.key, answer);
    this.concerned.onChange?.();
  }

  follow(): void {
    const kept = this.#load();
    const { camera, history, traceless } = this;
    if (JSON.stringify(kept) === JSON.stringify({ camera, history, traceless })) return;
    this.concerned.onHistory?.(kept.history === true);
    Object.assign(this, kept);
    this.concerned.onChange?.();
  }

  #load(): Answer {
    const { camera, history, traceless } = recall(this.storage, this.key);
    return {
      camera: typeof camera === 'boolean' ? camera : null,
      history: typeof history === 'boolean' ? history : null,
      traceless: traceless === true,
    };
  }
}
