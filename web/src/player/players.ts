import type { Source } from '../api/types';
import { AudioPlayer } from './audio';
import type { Player } from './player';
import { YouTubePlayer } from './youtube';

/** A player for each source: YouTube has its own, everything else is sound. `host`: where the video is shown. */
export function createPlayers(
  document: Document,
  host: HTMLElement,
  get: typeof fetch,
): Record<Source, Player> {
  const audio = document.createElement('audio');
  document.body.append(audio);
  const sound = new AudioPlayer(audio, get);
  const video = new YouTubePlayer(host);
  return { library: sound, subsonic: sound, youtube: video, radio: sound };
}
