import { dayOf } from './days';

const LOOK_EVERY_MS = 30_000;

/** Which day it is, also after midnight and after the device has slept. */
export class Today {
  #now = $state(Date.now());

  /** `zone`: where days begin and end. */
  constructor(
    window: Window,
    private readonly zone: () => string,
  ) {
    const look = () => (this.#now = Date.now());
    window.setInterval(look, LOOK_EVERY_MS);
    // Timers rest while a device sleeps.
    window.document.addEventListener('visibilitychange', look);
  }

  /** Reactive. */
  get day(): string {
    return dayOf(this.#now, this.zone());
  }
}
