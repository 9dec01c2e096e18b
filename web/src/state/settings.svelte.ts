import { type Goal, GOALS, THEMES, type Theme } from '../api/types';
import type { Language } from '../i18n/language';
import { isLanguage, preferredLanguage } from '../i18n/language';
import { type DeviceStorage, recall, remember, type Remembered } from './device-storage';

/** What this device remembers of how it is used. */
export class Settings implements Remembered {
  readonly key = 'today-feeling.settings';
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
    private readonly storage: DeviceStorage,
    languages: readonly string[],
  ) {
    this.language = preferredLanguage(languages);
    this.follow();
  }

  follow(): void {
    const kept = recall(this.storage, this.key);
    if (isLanguage(kept.language)) this.language = kept.language;
    this.theme = THEMES.find((theme) => theme === kept.theme) ?? this.theme;
    if (typeof kept.autoplay === 'boolean') this.autoplay = kept.autoplay;
    if (typeof kept.liveSwitching === 'boolean') this.liveSwitching = kept.liveSwitching;
    this.goal = GOALS.find((goal) => goal === kept.goal) ?? this.goal;
    if (typeof kept.pauseAway === 'boolean') this.pauseAway = kept.pauseAway;
    if (typeof kept.camera === 'string') this.camera = kept.camera;
    if (typeof kept.volume === 'number') this.volume = Math.min(1, Math.max(0, kept.volume));
  }

  save(): void {
    remember(this.storage, this.key, {
      language: this.language,
      theme: this.theme,
      autoplay: this.autoplay,
      liveSwitching: this.liveSwitching,
      pauseAway: this.pauseAway,
      goal: this.goal,
      volume: this.volume,
      camera: this.camera,
    });
  }
}
