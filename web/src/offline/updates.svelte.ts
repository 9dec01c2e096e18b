import { SKIP_WAITING, TELL_REQUESTS } from './messages';

type Container = Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'>;

/** Hears what is asked for without the page's doing. */
interface Noting {
  note(method: string, url: string): void;
  noteWorkers(urls: readonly string[]): void;
}

/** An older worker does not know the question. */
const ANSWER_MS = 1_000;

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

  /** When the page has all that it needs itself; the worker's own file is fetched in silence, and what the worker keeps. */
  startWithPage(window: Window, address: string, noting: Noting): void {
    // In development there is none, and nothing is to be kept.
    if (!import.meta.env.PROD) return;
    const start = () => {
      noting.note('GET', address);
      void this.start(address);
      // A browser puts a worker to sleep soon, and it has forgotten all when it wakes.
      this.container?.addEventListener(
        'controllerchange',
        () => void this.requests().then((urls) => noting.noteWorkers(urls)),
      );
    };
    window.addEventListener('load', start, { once: true });
  }

  /** What is fetched now is kept: on a first visit nothing is yet. */
  get keeps(): boolean {
    return Boolean(this.container?.controller);
  }

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

  /** Addresses that the service worker has asked for by itself since it was started; none where there is no worker. */
  requests(): Promise<string[]> {
    const worker = this.container?.controller;
    if (!worker) return Promise.resolve([]);
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      const forget = setTimeout(() => resolve([]), ANSWER_MS);
      port1.onmessage = ({ data }: MessageEvent<string[]>) => {
        clearTimeout(forget);
        port1.close();
        resolve(data);
      };
      worker.postMessage(TELL_REQUESTS, [port2]);
    });
  }

  #offer(worker: ServiceWorker | null): void {
    if (!worker || !this.container?.controller) return;
    this.#waiting = worker;
    this.ready = true;
  }
}
