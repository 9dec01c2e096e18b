import { SKIP_WAITING } from './messages';

type Container = Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'>;

/** The service worker, and the new versions of the app that it fetches. */
export class Updates {
  /** A new version is there and waits. */
  ready = $state(false);
  #waiting: ServiceWorker | null = null;

  /** `container`: undefined where the browser has none (plain http elsewhere than on localhost). */
  constructor(
    private readonly container: Container | undefined,
    private readonly reload: () => void,
  ) {}

  async start(address: string): Promise<void> {
    const { container } = this;
    if (!container) return;
    // The first worker takes over a page that was loaded without one: no reason to load it again.
    let taken = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      if (taken) this.reload();
      taken = true;
    });
    try {
      const registration = await container.register(address);
      this.#offer(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed') this.#offer(registration.waiting);
        });
      });
    } catch (error) {
      // The app works without it, as long as there is a network.
      console.warn(error);
    }
  }

  /** Lets the new version take over; the page is then loaded anew. */
  apply(): void {
    this.#waiting?.postMessage(SKIP_WAITING);
  }

  #offer(worker: ServiceWorker | null): void {
    if (!worker || !this.container?.controller) return;
    this.#waiting = worker;
    this.ready = true;
  }
}
