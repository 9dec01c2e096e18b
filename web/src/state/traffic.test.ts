import { describe, expect, it, vi } from 'vitest';
import { Traffic, type TrafficWindow } from './traffic';

type Entry = { name: string; initiatorType: string };

function world(storage: Storage | null = null) {
  let tell: (entries: Entry[]) => void = () => undefined;
  class Observer {
    constructor(callback: (list: { getEntries(): Entry[] }) => void) {
      tell = (entries) => callback({ getEntries: () => entries });
    }
    observe(): void {
      // It is told at once in these tests.
    }
  }
  const fetch = vi.fn(async () => new Response());
  const sendBeacon = vi.fn(() => true);
  const window = {
    location: { href: 'http://own.test/live', host: 'own.test' },
    navigator: { sendBeacon },
    performance: {
      getEntriesByType: () => [{ name: 'http://own.test/live' }],
    },
    fetch,
    PerformanceObserver: Observer,
    addEventListener: () => undefined,
    get sessionStorage() {
      if (!storage) throw new DOMException('denied', 'SecurityError');
      return storage;
    },
  };
  const traffic = new Traffic(window as unknown as TrafficWindow);
  traffic.listen();
  return {
    traffic,
    window: window as unknown as Window,
    fetch,
    sendBeacon,
    loads: (...entries: Entry[]) => tell(entries),
    lines: () => traffic.sent.map(({ method, url, bytes }) => `${method} ${url} ${bytes}`).slice(1),
  };
}

function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

describe('what leaves the page', () => {
  it('begins with the page itself', () => {
    const { traffic } = world();
    expect(traffic.sent).toEqual([
      { method: 'GET', url: 'http://own.test/live', times: 1, bytes: 0, longest: 0, text: true },
    ]);
  });

  it('is noted with the bytes of each body, and sent all the same', async () => {
    const it = world();
    const body = JSON.stringify({ note: '비' });
    const init = { method: 'POST', body };
    await it.window.fetch('/api/entries', init);
    await it.window.fetch('https://elsewhere.test/');
    expect(it.fetch.mock.calls).toEqual([
      ['/api/entries', init],
      ['https://elsewhere.test/', undefined],
    ]);
    expect(it.lines()).toEqual([
      `POST http://own.test/api/entries ${new TextEncoder().encode(body).length}`,
      'GET https://elsewhere.test/ 0',
    ]);
  });

  it('is noted for beacons too', () => {
    const it = world();
    it.window.navigator.sendBeacon('/api/x', new Blob([new Uint8Array(6000)]));
    expect(it.lines()).toEqual(['POST http://own.test/api/x 6000']);
    expect(it.sendBeacon).toHaveBeenCalledOnce();
  });

  it('is noted once, and not where it stays in the browser', () => {
    const it = world();
    it.loads(
      { name: 'http://own.test/api/x', initiatorType: 'fetch' },
      { name: 'http://own.test/a.woff2', initiatorType: 'css' },
      { name: 'blob:http://own.test/1', initiatorType: 'img' },
      { name: 'https://www.youtube.com/iframe_api', initiatorType: 'script' },
    );
    expect(it.lines()).toEqual([
      'GET http://own.test/a.woff2 0',
      'GET https://www.youtube.com/iframe_api 0',
    ]);
  });

  it('adds up by host, our own first', async () => {
    const it = world();
    await it.window.fetch('https://a.test/', { method: 'POST', body: 'four' });
    await it.window.fetch('/api/x', { method: 'POST', body: 'x' });
    expect(it.traffic.hosts()).toEqual([
      { host: 'own.test', own: true, requests: 2, bytes: 'http://own.test/live'.length + 22 },
      { host: 'a.test', own: false, requests: 1, bytes: 'https://a.test/'.length + 4 },
    ]);
  });

  it('tells bodies that are no text, and the longest', async () => {
    const it = world();
    await it.window.fetch('/api/x', { method: 'POST', body: 'four' });
    await it.window.fetch('/api/x', { method: 'POST', body: '1' });
    expect(it.traffic.sent.at(-1)).toMatchObject({ times: 2, bytes: 5, longest: 4, text: true });
    await it.window.fetch('/api/x', { method: 'POST', body: new Uint8Array(9) });
    expect(it.traffic.sent.at(-1)).toMatchObject({ bytes: 14, longest: 9, text: false });
  });

  it('counts what the service worker asked for, and not twice what went by way of it', async () => {
    const it = world();
    await it.window.fetch('/models/a');
    const asked = ['http://own.test/models/a', 'http://own.test/x.js', 'http://own.test/x.js'];
    it.traffic.noteWorkers(asked);
    it.traffic.noteWorkers(asked);
    const times = Object.fromEntries(it.traffic.sent.map(({ url, times }) => [url, times]));
    expect(times).toMatchObject({ 'http://own.test/models/a': 1, 'http://own.test/x.js': 2 });
  });

  it('is still known when the page is loaded anew, until somebody else comes', async () => {
    const storage = memoryStorage();
    const before = world(storage);
    await before.window.fetch('/api/x', { method: 'POST', body: 'four' });
    before.traffic.save();
    const after = world(storage);
    expect(after.lines()).toEqual(['POST http://own.test/api/x 4']);
    expect(after.traffic.sent[0]?.times).toBe(2);
    after.traffic.forget();
    after.traffic.save();
    expect(world(storage).lines()).toEqual([]);
  });

  it.each(['nonsense', '{}'])('begins anew where what was kept is %s', (text) => {
    const storage = memoryStorage();
    storage.setItem('today-feeling.traffic', text);
    expect(world(storage).lines()).toEqual([]);
  });
});
