/** What this page has sent since it was opened, and to whom: for the page that shows it. */

/** Requests of one kind to one address. */
export interface Sent {
  method: string;
  url: string;
  times: number;
  /** Of all their bodies, bytes; the address itself is all that a request without one says. */
  bytes: number;
}

/** Sums for one host. */
export interface HostTraffic {
  host: string;
  own: boolean;
  requests: number;
  bytes: number;
}

/** The parts of `window` that are used here. */
export type TrafficWindow = Pick<Window, 'location' | 'navigator' | 'performance'> & {
  fetch: typeof fetch;
  PerformanceObserver?: typeof PerformanceObserver;
};

/** A body's length without reading streams; none of our own requests has one. */
function lengthOf(body: unknown): number {
  if (body === null || body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof URLSearchParams) return lengthOf(body.toString());
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  return NaN;
}

/**
 * Listens at every way out of a page: `fetch` and beacons by themselves, for they have bodies, and everything else (pictures,
 * scripts, sounds, frames) by what the browser notes down. Workers tell of theirs by `note`.
 */
export class Traffic {
  readonly #sent = new Map<string, Sent>();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly window: TrafficWindow) {}

  /** In the order of the first time. */
  get sent(): readonly Sent[] {
    return [...this.#sent.values()];
  }

  /** Begins to listen; once, before anything else of the page. */
  listen(): void {
    const { window } = this;
    const { fetch, navigator } = window;
    window.fetch = (input, init) => {
      const request = input instanceof Request ? input : null;
      const url = request ? request.url : String(input);
      this.note(init?.method ?? request?.method ?? 'GET', url, lengthOf(init?.body));
      return fetch.call(window as never, input, init);
    };
    const beacon = navigator.sendBeacon?.bind(navigator);
    if (beacon) {
      navigator.sendBeacon = (url, data) => {
        this.note('POST', String(url), lengthOf(data));
        return beacon(url, data);
      };
    }
    const [opened] = window.performance.getEntriesByType('navigation');
    if (opened) this.note('GET', opened.name);
    if (!window.PerformanceObserver) return;
    const observer = new window.PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#resource(entry as PerformanceResourceTiming);
    });
    observer.observe({ type: 'resource', buffered: true });
  }

  note(method: string, address: string, bytes = 0): void {
    const url = new URL(address, this.window.location.href).href;
    if (/^(data|blob):/.test(url)) return;
    const name = method.toUpperCase();
    const key = `${name} ${url}`;
    const before = this.#sent.get(key) ?? { method: name, url, times: 0, bytes: 0 };
    this.#sent.set(key, { ...before, times: before.times + 1, bytes: before.bytes + bytes });
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sums by host, our own first, then by name. */
  hosts(): HostTraffic[] {
    const own = this.window.location.host;
    const hosts = new Map<string, HostTraffic>();
    for (const { url, times, bytes } of this.#sent.values()) {
      const { host } = new URL(url);
      const sums = hosts.get(host) ?? { host, own: host === own, requests: 0, bytes: 0 };
      hosts.set(host, { ...sums, requests: sums.requests + times, bytes: sums.bytes + bytes });
    }
    return [...hosts.values()].toSorted(
      (one, other) => Number(other.own) - Number(one.own) || one.host.localeCompare(other.host),
    );
  }

  #resource({ name, initiatorType }: PerformanceResourceTiming): void {
    // Those were noted already, with their bodies.
    if (initiatorType === 'fetch' || initiatorType === 'beacon') return;
    this.note('GET', name);
  }
}
