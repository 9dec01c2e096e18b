/** Media keys, headsets and the lock screen: what plays is told to the system, and what is pressed there comes back. */

import type { Track } from '../api/types';

/** What the system is to show: nothing, or a song that plays or waits. */
export interface Shown {
  track: Track | null;
  playing: boolean;
}

export interface KeyActions {
  play(): void;
  pause(): void;
  next(): void;
  stop(): void;
  /** Of the song that plays. */
  position(): { seconds: number; duration: number | null } | null;
}

/** The part of `window` that is used here. */
export interface KeysWindow {
  navigator: { mediaSession?: MediaSession };
  MediaMetadata?: typeof MediaMetadata;
}

const OWN_ICON = { src: '/icon-512.png', sizes: '512x512', type: 'image/png' };

/**
 * Speaks to `navigator.mediaSession`, where there is one.
 *
 * A song of YouTube sounds in YouTube's own frame: browsers then listen to that frame's session, and ours is only told of it.
 */
export class MediaKeys {
  readonly #session: MediaSession | undefined;
  #listens = false;
  #track: Track | null = null;

  constructor(
    private readonly window: KeysWindow,
    private readonly actions: KeyActions,
  ) {
    this.#session = window.navigator.mediaSession;
  }

  /** Null: there is nothing that keys could do anything with. */
  show(shown: Shown | null): void {
    const session = this.#session;
    if (!session) return;
    this.#listen(session, shown !== null);
    session.playbackState = !shown ? 'none' : shown.playing ? 'playing' : 'paused';
    // While the next song is chosen, the last one stays on the lock screen.
    if (!shown || shown.track) this.#name(session, shown?.track ?? null);
    this.#place(session, shown?.track ?? null);
  }

  #listen(session: MediaSession, wanted: boolean): void {
    if (wanted === this.#listens) return;
    this.#listens = wanted;
    const { play, pause, next, stop } = this.actions;
    for (const [action, handler] of [
      ['play', play],
      ['pause', pause],
      ['nexttrack', next],
      ['stop', stop],
    ] as const) {
      try {
        session.setActionHandler(action, wanted ? handler : null);
      } catch {
        // This browser does not know the key; the others work.
      }
    }
  }

  #name(session: MediaSession, track: Track | null): void {
    if (track?.id === this.#track?.id) return;
    this.#track = track;
    const { MediaMetadata } = this.window;
    if (!MediaMetadata) return;
    session.metadata = track
      ? new MediaMetadata({
          title: track.title,
          artist: track.artist ?? '',
          // Never a picture of somebody else's server: whoever keeps it would learn what is heard.
          artwork: [track.cover_url ? { src: track.cover_url } : OWN_ICON],
        })
      : null;
  }

  /** The system counts on from here by itself. */
  #place(session: MediaSession, track: Track | null): void {
    const place = track && this.actions.position();
    const duration = place?.duration ?? track?.duration_s;
    if (!('setPositionState' in session)) return;
    if (!place || !duration || track.source === 'radio') {
      session.setPositionState();
      return;
    }
    const position = Math.min(Math.max(0, place.seconds), duration);
    session.setPositionState({ duration, position, playbackRate: 1 });
  }
}
