import { describe, expect, it, vi } from 'vitest';
import { Traffic, type TrafficWindow } from './traffic';

type Entry = { name: string; initiatorType: string };

function world() {
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

describe('what leaves the page', () => {
  it('begins with the page itself', () => {
    const { traffic } = world();
    expect(traffic.sent).toEqual([
      { method: 'GET', url: 'http://own.test/live', times: 1, bytes: 0 },
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
      { host: 'own.test', own: true, requests: 2, bytes: 1 },
      { host: 'a.test', own: false, requests: 1, bytes: 4 },
    ]);
  });
});
