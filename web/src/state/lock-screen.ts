import { MediaKeys, type KeyActions, type KeysWindow, type Shown } from '../player/media-keys';
import type { Snapshot } from './listening';

interface Music {
  readonly snapshot: Snapshot;
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  resume(): void;
  pause(): void;
  next(): void;
}

/** Nothing is on, or there is nothing that a key could help. */
const OFF = ['idle', 'waiting', 'stopping', 'stuck', 'offline'];
const RESTS = ['paused', 'proposed', 'blocked'];

/** What the system shows of the music, and what its keys do to it: the same as the buttons of the page. */
export function followOnLockScreen(
  window: KeysWindow,
  music: Music,
  { stop, position }: Pick<KeyActions, 'stop' | 'position'>,
): void {
  const keys = new MediaKeys(window, {
    play: () => music.resume(),
    pause: () => music.pause(),
    // A song is under way already.
    next: () => music.snapshot.status !== 'choosing' && music.next(),
    stop,
    position,
  });
  music.subscribe((snapshot) => keys.show(shownOf(snapshot)));
}

function shownOf({ status, recommendation }: Snapshot): Shown | null {
  if (OFF.includes(status)) return null;
  return { track: recommendation?.track ?? null, playing: !RESTS.includes(status) };
}
