import type { Conductor } from './conductor';
import { Following } from './following';
import { LiveSwitching } from './live-switching';
import { LiveSession } from './live.svelte';
import type { ObservationFolder } from './observations';
import { Presence } from './presence';
import { loadSensors } from './sensors';
import type { Settings } from './settings.svelte';
import type { Sound } from './sound';

interface Followers {
  music: Conductor;
  sound: Sound;
  diary: ObservationFolder;
  settings: Settings;
  /** Told of each file of the models that is asked for. */
  noteFile(url: string): void;
}

/** The camera of this page, and all that follows from what it sees: music, diary, a rest while nobody is there. */
export function createLive(
  { document, navigator }: Window,
  { music, sound, diary, settings, noteFile }: Followers,
): LiveSession {
  const fade = (down: boolean) => sound.fade(down);
  const live: LiveSession = new LiveSession(
    () => loadSensors(() => settings.camera, noteFile),
    new Following({
      music,
      diary,
      presence: new Presence({
        music,
        fade,
        wanted: () => settings.pauseAway,
        onChange: (away) => (live.away = away),
      }),
      switching: new LiveSwitching({
        music,
        fade,
        wanted: () => settings.liveSwitching && settings.autoplay,
      }),
    }),
  );
  document.addEventListener('visibilitychange', () => document.hidden || live.tryAgain());
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', () => live.tryAgain());
  return live;
}
