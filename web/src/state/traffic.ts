/** What this tab has sent since it was opened, and to whom: for the page that shows it. */

/** Requests of one kind to one address. */
export interface Sent {
  method: string;
  url: string;
  times: number;
  /** Of all their bodies, bytes; NaN where nobody can know. */
  bytes: number;
  /** Of the longest body, bytes. */
  longest: number;
  /** Whether every body was text, as far as there was any. */
  text: boolean;
}

/** Of the addresses, too: they also say something. Headers and cookies are the browser's, and no page sees them. */
export function bytesOf({ url, times, bytes }: Sent): number {
  return lengthOf(url) * times + bytes;
}

/** Sums for one host; `bytes` as of `bytesOf`. */
export interface HostTraffic {
  host: string;
  own: boolean;
  requests: number;
  bytes: number;
}

const KEY = 'today-feeling.traffic';
const SAVE_EVERY_MS = 1_000;

/** The parts of `window` that are used here. */
export type TrafficWindow = Pick<
  Window,
  'location' | 'navigator' | 'performance' | 'sessionStorage' | 'addEventListener'
> & {
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

const keyOf = ({ method, url }: Sent) => `${method} ${url}`;

/** Reading it throws where storage is denied. */
function tabStorage(window: TrafficWindow): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function kept(storage: Storage | null): Sent[] {
  try {
    const all = JSON.parse(storage?.getItem(KEY) ?? '[]') as Sent[];
    // JSON knows no NaN.
    return all.map((one) => ({ ...one, bytes: one.bytes ?? NaN, longest: one.longest ?? NaN }));
  } catch {
    return [];
  }
}

/**
 * Listens at every way out of a page: `fetch` and beacons by themselves, for they have bodies, and everything else (pictures,
 * scripts, sounds, frames) by what the browser notes down. Workers tell of theirs by `note` and `noteWorkers`. It is kept for
 * as long as the tab is open: loading the page anew does not forget it.
 */
export class Traffic {
  readonly #sent = new Map<string, Sent>();
  readonly #listeners = new Set<() => void>();

  #saving: ReturnType<typeof setTimeout> | undefined;
  #storage: Storage | null;

  constructor(private readonly window: TrafficWindow) {
    this.#storage = tabStorage(window);
    for (const one of kept(this.#storage)) this.#sent.set(keyOf(one), one);
  }

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
      this.note(init?.method ?? request?.method ?? 'GET', url, init?.body);
      return fetch.call(window as never, input, init);
    };
    const beacon = navigator.sendBeacon?.bind(navigator);
    if (beacon) {
      navigator.sendBeacon = (url, data) => {
        this.note('POST', String(url), data);
        return beacon(url, data);
      };
    }
    window.addEventListener('pagehide', () => this.save());
    const [opened] = window.performance.getEntriesByType('navigation');
    if (opened) this.note('GET', opened.name);
    if (!window.PerformanceObserver) return;
    const observer = new window.PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#resource(entry as PerformanceResourceTiming);
    });
    observer.observe({ type: 'resource', buffered: true });
  }

  note(method: string, address: string, body?: unknown): void {
    const before = this.#before(method, address);
    if (!before) return;
    const length = lengthOf(body);
    const text = body == null || typeof body === 'string' || body instanceof URLSearchParams;
    this.#put({
      ...before,
      times: before.times + 1,
      bytes: before.bytes + length,
      longest: Math.max(before.longest, length),
      text: before.text && text,
    });
  }

  /** All that the service worker has asked for since it was started: some of it the page did, by way of the worker. */
  noteWorkers(addresses: readonly string[]): void {
    const counts = new Map<string, number>();
    for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1);
    for (const [address, count] of counts) {
      const before = this.#before('GET', address);
      if (before && before.times < count) this.#put({ ...before, times: count });
    }
  }

  /** Whoever uses the page next is not to read it. */
  forget(): void {
    this.#sent.clear();
    this.#storage?.removeItem(KEY);
    this.#storage = null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sums by host, our own first, then by name. */
  hosts(): HostTraffic[] {
    const own = this.window.location.host;
    const hosts = new Map<string, HostTraffic>();
    for (const one of this.#sent.values()) {
      const { host } = new URL(one.url);
      const sums = hosts.get(host) ?? { host, own: host === own, requests: 0, bytes: 0 };
      hosts.set(host, {
        ...sums,
        requests: sums.requests + one.times,
        bytes: sums.bytes + bytesOf(one),
      });
    }
    return [...hosts.values()].toSorted(
      (one, other) => Number(other.own) - Number(one.own) || one.host.localeCompare(other.host),
    );
  }

  /** What is noted of it already; null where it stays in the browser. */
  #before(method: string, address: string): Sent | null {
    const url = new URL(address, this.window.location.href).href;
    if (/^(data|blob):/.test(url)) return null;
    const none = { method: method.toUpperCase(), url, times: 0, bytes: 0, longest: 0, text: true };
    return this.#sent.get(keyOf(none)) ?? none;
  }

  #put(sent: Sent): void {
    this.#sent.set(keyOf(sent), sent);
    this.#saving ??= setTimeout(() => this.save(), SAVE_EVERY_MS);
    for (const listener of this.#listeners) listener();
  }

  /** At once: the page may be left. */
  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.sent));
    } catch {
      // Full or denied: it is known until the page is left.
    }
  }

  #resource({ name, initiatorType }: PerformanceResourceTiming): void {
    // Those were noted already, with their bodies.
    if (initiatorType === 'fetch' || initiatorType === 'beacon') return;
    this.note('GET', name);
  }
}
