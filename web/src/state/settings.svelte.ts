import { type Goal, GOALS, THEMES, type Theme } from '../api/types';
import type { Language } from '../i18n/language';
import { isLanguage, preferredLanguage } from '../i18n/language';

const KEY = 'today-feeling.settings';

/** What this device remembers. */
export class Settings {
  language = $state<Language>('ko');
  theme = $state<Theme>('system');
  autoplay = $state(true);
  /** A song gives way when the mood has changed; else it is never cut. */
  liveSwitching = $state(false);
  /** The music rests while nobody is before the camera. */
  pauseAway = $state(true);
  /** What the music is to do. */
  goal = $state<Goal>('match');
  /** 0..1 */
  volume = $state(0.7);
  /** `deviceId` of the camera to prefer; empty: whichever faces the user. */
  camera = $state('');

  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null,
    languages: readonly string[],
  ) {
    const kept = this.#load();
    this.language = isLanguage(kept.language) ? kept.language : preferredLanguage(languages);
    this.theme = THEMES.find((theme) => theme === kept.theme) ?? 'system';
    if (typeof kept.autoplay === 'boolean') this.autoplay = kept.autoplay;
    if (typeof kept.liveSwitching === 'boolean') this.liveSwitching = kept.liveSwitching;
    this.goal = GOALS.find((goal) => goal === kept.goal) ?? 'match';
    if (typeof kept.pauseAway === 'boolean') this.pauseAway = kept.pauseAway;
    if (typeof kept.camera === 'string') this.camera = kept.camera;
    if (typeof kept.volume === 'number') this.volume = Math.min(1, Math.max(0, kept.volume));
  }

  save(): void {
    try {
      this.storage?.setItem(
        KEY,
        JSON.stringify({
          language: this.language,
          theme: this.theme,
          autoplay: this.autoplay,
          liveSwitching: this.liveSwitching,
          pauseAway: this.pauseAway,
          goal: this.goal,
          volume: this.volume,
          camera: this.camera,
        }),
      );
    } catch {
      // Storage full or denied: the choice holds until the page is closed.
    }
  }

  #load(): Record<string, unknown> {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
    } catch {
      return {};
    }
  }
}

/** Reading `localStorage` itself throws where cookies are blocked. */
export function deviceStorage(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
