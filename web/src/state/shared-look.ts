import type { Preferences } from '../api/types';
import type { Settings } from './settings.svelte';

type Look = Pick<Settings, 'theme' | 'language'>;

/**
 * Theme and language go with an account from device to device. A device asks once what the account has; from
 * then on it tells what is changed here. An account that never heard of a language takes over the device's.
 */
export class SharedLook {
  #asked = false;

  constructor(private readonly device: Look) {}

  /** What the account is to be told, given what it has; null: nothing. May change the device. */
  follow(account: Pick<Preferences, 'theme' | 'language'>): Partial<Preferences> | null {
    const { device } = this;
    if (!this.#asked) {
      this.#asked = true;
      if (account.language !== null) {
        device.theme = account.theme;
        device.language = account.language;
        return null;
      }
    }
    const { theme, language } = device;
    return theme === account.theme && language === account.language ? null : { theme, language };
  }
}
