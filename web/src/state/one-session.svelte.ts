import type { Locks } from './locks';

const NAME = 'today-feeling.session';

/**
 * One session at a time in all tabs of a browser: music and camera are on in the tab where they were started last. A tab
 * without a session is never disturbed. Without locks every tab does as it likes.
 */
export class OneSession {
  /** What was on here goes on in another tab. */
  elsewhere = $state(false);
  #on = false;
  /** What happens to a lock of an earlier turn concerns nobody any more. */
  #turn = 0;
  #release = (): void => undefined;
  #goOn = (): void => undefined;
  #watch: AbortController | null = null;

  /** `end`: ends what is on here, softly; returns how to go on with it. */
  constructor(
    private readonly locks: Locks | undefined,
    private readonly end: () => () => void,
  ) {}

  /** Told whenever a session begins here, or ends. */
  follow(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    this.#turn += 1;
    this.#release();
    if (on) this.#take();
  }

  /** The session is wanted here again; must follow a click. */
  takeBack(): void {
    this.elsewhere = false;
    this.#goOn();
  }

  #take(): void {
    const turn = this.#turn;
    this.#watch?.abort();
    this.elsewhere = false;
    const done = new Promise<void>((resolve) => (this.#release = resolve));
    let mine = false;
    this.locks
      ?.request(NAME, { steal: true }, () => {
        mine = true;
        return done;
      })
      // Where locks are denied it never was ours, and nobody takes it.
      .catch(() => mine && turn === this.#turn && this.#lose());
  }

  #lose(): void {
    this.#on = false;
    this.#turn += 1;
    this.elsewhere = true;
    this.#goOn = this.end();
    this.#untilFree();
  }

  /** The other tab ends its session, or is closed: then there is nothing to say any more. */
  #untilFree(): void {
    const { signal } = (this.#watch = new AbortController());
    this.locks
      ?.request(NAME, { signal }, async () => {
        this.elsewhere = false;
      })
      .catch(() => undefined);
  }
}
