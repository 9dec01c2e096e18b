const NAME = 'today-feeling.user';

/** Tells the other tabs of this browser that the session is somebody else's now, and hears it of them. */
export class OtherTabs {
  readonly #channel: BroadcastChannel | null;

  /** `open` gives undefined where the browser has no such channel: the server tells a tab then that its user is gone. */
  constructor(open: (name: string) => BroadcastChannel | undefined, onChanged: () => void) {
    this.#channel = open(NAME) ?? null;
    if (this.#channel) this.#channel.onmessage = onChanged;
  }

  tell(): void {
    this.#channel?.postMessage('changed');
  }
}
