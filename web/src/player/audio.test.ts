import { describe, expect, it } from 'vitest';
import type { Track } from '../api/types';
import { AudioPlayer } from './audio';
import type { PlayerEvent } from './player';

class FakeElement extends EventTarget {
  src = '';
  volume = 1;
  paused = true;
  ended = false;
  currentTime = 3;
  duration = NaN;
  preload = '';
  refusal: Error | null = null;

  async play(): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.paused = false;
    this.dispatchEvent(new Event('playing'));
  }
  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }
  load(): void {
    // Nothing to load.
  }
  removeAttribute(): void {
    this.src = '';
  }
}

function player(get: typeof fetch = async () => new Response()) {
  const element = new FakeElement();
  const events: PlayerEvent[] = [];
  const audio = new AudioPlayer(element as unknown as HTMLAudioElement, get);
  const open = (url: string | null) =>
    audio.open({ audio_url: url } as Track, (event) => events.push(event));
  return { element, events, audio, open };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('the player of own files', () => {
  it('plays, pauses and ends', () => {
    const { element, events, audio, open } = player();
    open('/api/tracks/1/audio');
    audio.pause();
    audio.resume();
    element.dispatchEvent(new Event('ended'));
    expect(events.map(({ type }) => type)).toEqual(['playing', 'paused', 'playing', 'ended']);
  });

  it('keeps the volume for the next song', () => {
    const { element, audio, open } = player();
    audio.setVolume(0.3);
    open('/api/tracks/1/audio');
    expect(element.volume).toBe(0.3);
  });

  it('asks for a click when the browser blocks the sound', async () => {
    const { element, events, open } = player();
    element.refusal = new DOMException('no', 'NotAllowedError');
    open('/api/tracks/1/audio');
    await settle();
    expect(events).toEqual([{ type: 'blocked' }]);
  });

  it('tells a bad file from a server that is gone', async () => {
    const bad = player();
    bad.open('/api/tracks/1/audio');
    bad.element.dispatchEvent(new Event('error'));
    await settle();
    expect(bad.events.at(-1)).toEqual({ type: 'failed', code: 'unreadable' });

    const gone = player(() => Promise.reject(new TypeError('Failed to fetch')));
    gone.open('/api/tracks/1/audio');
    gone.element.dispatchEvent(new Event('error'));
    await settle();
    expect(gone.events.at(-1)).toEqual({ type: 'unreachable' });
  });

  it.each([
    [404, { type: 'failed', code: 'unreadable' }],
    [415, { type: 'failed', code: 'unreadable' }],
    [416, { type: 'failed', code: 'unreadable' }],
    [401, { type: 'unreachable' }],
    [429, { type: 'unreachable' }],
    [500, { type: 'unreachable' }],
    [503, { type: 'unreachable' }],
  ])('tells by status %d whose fault it is', async (status, event) => {
    const { element, events, open } = player(async () => new Response(null, { status }));
    open('/api/tracks/1/audio');
    element.dispatchEvent(new Event('error'));
    await settle();
    expect(events.at(-1)).toEqual(event);
  });

  it('tells a music server that is gone from our own', async () => {
    const { element, events, open } = player(async () =>
      Response.json({ code: 'source_unavailable' }, { status: 502 }),
    );
    open('/api/tracks/1/audio');
    element.dispatchEvent(new Event('error'));
    await settle();
    expect(events.at(-1)).toEqual({ type: 'unavailable' });
  });

  it('a track without an address cannot be read', () => {
    const { events, open } = player();
    open(null);
    expect(events).toEqual([{ type: 'failed', code: 'unreadable' }]);
  });

  it('closes silently, and a song that opens meanwhile goes on', async () => {
    const { element, events, audio, open } = player();
    open('/api/tracks/1/audio');
    const closed = audio.close(5);
    open('/api/tracks/2/audio');
    await closed;
    expect(element.src).toBe('/api/tracks/2/audio');
    expect(element.paused).toBe(false);
    expect(events.map(({ type }) => type)).toEqual(['playing', 'playing']);
  });
});
