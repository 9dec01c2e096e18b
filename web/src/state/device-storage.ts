/** What this device remembers, as far as its browser allows; all tabs share it. */

export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem'> | null;

/** Reading `localStorage` itself throws where cookies are blocked. */
export function deviceStorage(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** What is kept under the key; nothing where there is none, or no object. */
export function recall(storage: DeviceStorage, key: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Storage that is full or denied keeps nothing: what was chosen then holds until the page is closed. */
export function remember(storage: DeviceStorage, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // As said above.
  }
}

/** Something that this device remembers, and that another tab may change. */
export interface Remembered {
  readonly key: string;
  /** Takes over what is kept now. */
  follow(): void;
}

/** What one tab changes holds in all of them, also in one that comes back from the browser's memory of pages. */
export function followOtherTabs(
  window: Pick<Window, 'addEventListener'>,
  remembered: readonly Remembered[],
): void {
  window.addEventListener('storage', ({ key }) => {
    // Without a key everything was cleared.
    for (const one of remembered) if (key === null || key === one.key) one.follow();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) for (const one of remembered) one.follow();
  });
}
