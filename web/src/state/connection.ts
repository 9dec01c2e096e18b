const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Only who was there for so long is really back: a server may answer and be unable to keep anything, its database locked or full. */
const SETTLED_MS = 60_000;

/** Whether our server is there. While it is not, asks again and again, more and more slowly. */
export class Connection {
  #online = true;
  #wait = FIRST_WAIT_MS;
  #backMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ping: () => Promise<unknown>,
    private readonly onChange: (online: boolean) => void,
  ) {}

  get online(): boolean {
    return this.#online;
  }

  /** Told after every request. */
  heard(reachable: boolean): void {
    if (reachable) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else {
      this.#askLater();
    }
    if (reachable === this.#online) return;
    this.#online = reachable;
    if (reachable) this.#backMs = performance.now();
    this.onChange(reachable);
  }

  /** The user does not want to wait. */
  askNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ask();
  }

  #askLater(): void {
    if (this.#timer !== undefined) return;
    const settled = this.#online && performance.now() - this.#backMs >= SETTLED_MS;
    if (settled) this.#wait = FIRST_WAIT_MS;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  /** The answer comes back by `heard`, as after every request. */
  #ask(): void {
    this.ping().catch(() => undefined);
  }
}
