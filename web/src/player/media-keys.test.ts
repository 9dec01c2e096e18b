import { describe, expect, it } from 'vitest';
import type { Track } from '../api/types';
import { MediaKeys } from './media-keys';

const SONG: Track = {
  id: 7,
  title: 'Blue in Green',
  artist: 'Miles Davis',
  genre: 'jazz',
  year: 1959,
  language: null,
  duration_s: 337,
  source: 'library',
  youtube_video_id: null,
  audio_url: '/api/tracks/7/audio',
  cover_url: '/api/tracks/7/cover',
};

/** A system's media session that writes down what it is told. */
class Keys {
  metadata: MediaMetadataInit | null = null;
  playbackState: MediaSessionPlaybackState = 'none';
  place: MediaPositionState | undefined;
  named = 0;
  handlers = new Map<string, (() => void) | null>();
  unknown: string[] = [];
  pressed: string[] = [];
  position: { seconds: number; duration: number | null } | null = { seconds: 12, duration: 340 };
  readonly keys: MediaKeys;

  constructor() {
    const press = (what: string) => () => void this.pressed.push(what);
    const named = () => (this.named += 1);
    function Metadata(init: MediaMetadataInit): MediaMetadataInit {
      named();
      return { ...init };
    }
    this.keys = new MediaKeys(
      {
        navigator: { mediaSession: this as unknown as MediaSession },
        MediaMetadata: Metadata as unknown as typeof MediaMetadata,
      },
      {
        play: press('play'),
        pause: press('pause'),
        next: press('next'),
        stop: press('stop'),
        position: () => this.position,
      },
    );
  }

  setActionHandler(action: string, handler: (() => void) | null): void {
    if (this.unknown.includes(action)) throw new TypeError(action);
    this.handlers.set(action, handler);
  }

  setPositionState(place?: MediaPositionState): void {
    this.place = place;
  }
}

describe('the lock screen', () => {
  it('shows title, artist, cover, and how far the song is', () => {
    const system = new Keys();
    system.keys.show({ track: SONG, playing: true });
    expect(system.metadata).toEqual({
      title: 'Blue in Green',
      artist: 'Miles Davis',
      artwork: [{ src: '/api/tracks/7/cover' }],
    });
    expect(system.playbackState).toBe('playing');
    expect(system.place).toEqual({ duration: 340, position: 12, playbackRate: 1 });
  });

  it('shows our own sign where a song has no cover, and asks nobody else for one', () => {
    const system = new Keys();
    system.keys.show({ track: { ...SONG, cover_url: null, source: 'youtube' }, playing: true });
    expect(system.metadata?.artwork).toEqual([expect.objectContaining({ src: '/icon-512.png' })]);
  });

  it('is not written anew for the same song', () => {
    const system = new Keys();
    for (const playing of [true, false, true]) system.keys.show({ track: SONG, playing });
    expect(system.named).toBe(1);
    expect(system.playbackState).toBe('playing');
  });

  it('keeps the last song while the next is chosen, and is empty when nothing is on', () => {
    const system = new Keys();
    system.keys.show({ track: SONG, playing: true });
    system.keys.show({ track: null, playing: true });
    expect(system.metadata).toMatchObject({ title: 'Blue in Green' });
    expect(system.place).toBeUndefined();
    system.keys.show(null);
    expect(system.metadata).toBeNull();
    expect(system.playbackState).toBe('none');
  });

  it('tells no place in what has no end, and never one beyond the end', () => {
    const system = new Keys();
    system.keys.show({ track: { ...SONG, source: 'radio' }, playing: true });
    expect(system.place).toBeUndefined();
    system.position = { seconds: 400, duration: 340 };
    system.keys.show({ track: SONG, playing: true });
    expect(system.place?.position).toBe(340);
    system.position = { seconds: 5, duration: null };
    system.keys.show({ track: { ...SONG, duration_s: null }, playing: true });
    expect(system.place).toBeUndefined();
  });
});

describe('media keys', () => {
  it('do what the buttons do, and nothing when nothing is on', () => {
    const system = new Keys();
    system.keys.show({ track: SONG, playing: true });
    for (const key of ['pause', 'play', 'nexttrack', 'stop']) system.handlers.get(key)?.();
    expect(system.pressed).toEqual(['pause', 'play', 'next', 'stop']);
    system.keys.show(null);
    expect([...system.handlers.values()]).toEqual([null, null, null, null]);
  });

  it('that a browser does not know leave the others working', () => {
    const system = new Keys();
    system.unknown = ['nexttrack'];
    system.keys.show({ track: SONG, playing: true });
    expect([...system.handlers.keys()]).toEqual(['play', 'pause', 'stop']);
  });

  it('are nothing where the browser has none', () => {
    const keys = new MediaKeys({ navigator: {} }, {} as ConstructorParameters<typeof MediaKeys>[1]);
    expect(() => keys.show({ track: SONG, playing: true })).not.toThrow();
  });
});
