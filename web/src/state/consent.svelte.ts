const KEY = 'today-feeling.consent';

/** What the user allowed on this device. Null: not asked yet, which allows nothing. */
export class Consent {
  /** The camera may be switched on. */
  camera = $state<boolean | null>(null);
  /** Readings and songs may be kept on the server. */
  history = $state<boolean | null>(null);
  /** Not even a session may be on the server; nobody is asked for it twice. */
  traceless = $state(false);

  /** `onHistory` is told of the answer before it counts. */
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null,
    private readonly onHistory: (allowed: boolean) => void = () => undefined,
  ) {
    const { camera, history, traceless } = this.#load();
    this.traceless = traceless === true;
    if (typeof camera === 'boolean') this.camera = camera;
    if (typeof history === 'boolean') this.history = history;
  }

  get asked(): boolean {
    return this.camera !== null && this.history !== null;
  }

  answer(camera: boolean, wanted: boolean, traceless = this.traceless): void {
    const history = wanted && !traceless;
    this.onHistory(history);
    this.camera = camera;
    this.history = history;
    this.traceless = traceless;
    try {
      this.storage?.setItem(KEY, JSON.stringify({ camera, history, traceless }));
    } catch {
      // Storage full or denied: the answer holds until the page is closed, and is asked for again.
    }
  }

  #load(): Record<string, unknown> {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}
