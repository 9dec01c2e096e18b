import type { Api } from '../api/client';
import type { TracelessQuestion } from '../api/traceless';
import { GENRES, type Preferences, SOURCES } from '../api/types';
import { EMOTIONS } from '../vision/types';
import { type DeviceStorage, recall, remember, type Remembered } from './device-storage';

/** What is told with each question for songs, of those of whom nothing is kept. */
type Likes = Pick<Preferences, keyof TracelessQuestion['likes']>;

export type PreferencesApi = Pick<Api, 'preferences' | 'savePreferences'>;

/** Radio only for those who ask for it. */
const USUAL = SOURCES.filter((source) => source !== 'radio');
/** What no question tells. */
const REST = { retention_days: null, theme: 'system', language: null, timezone: null } as const;

/** Preferences that stay on this device, for as long as nothing is to be stored on the server. */
export class DeviceLikes implements PreferencesApi, Remembered {
  readonly key = 'today-feeling.likes';
  #likes: Likes;

  /** `onFollowed`: another tab has changed them. */
  constructor(
    private readonly storage: DeviceStorage,
    private readonly onFollowed: () => void = () => undefined,
  ) {
    this.#likes = this.#load();
  }

  get current(): Likes {
    return this.#likes;
  }

  follow(): void {
    this.#likes = this.#load();
    this.onFollowed();
  }

  readonly preferences = async (): Promise<Preferences> => ({ ...this.#likes, ...REST });

  readonly savePreferences = (change: Partial<Preferences>): Promise<Preferences> => {
    const { genres, sources, explicit, languages } = { ...this.#likes, ...change };
    this.#likes = { genres, sources, explicit, languages };
    remember(this.storage, this.key, this.#likes);
    return this.preferences();
  };

  /** Takes over what was ticked while there was a session. */
  adopt(preferences: Preferences | null): void {
    const ticked = preferences && EMOTIONS.some((each) => preferences.genres[each].length > 0);
    if (ticked) void this.savePreferences(preferences);
  }

  /** Only what the server would take: one word that it does not know, and there were no song. */
  #load(): Likes {
    const { genres, sources, explicit, languages } = recall(this.storage, this.key);
    const used = known(SOURCES, sources);
    return {
      genres: Object.fromEntries(
        EMOTIONS.map((each) => [each, known(GENRES, record(genres)[each])]),
      ) as Likes['genres'],
      sources: used.length > 0 ? used : USUAL,
      explicit: explicit === true,
      languages: strings(languages).filter((code) => /^([a-z]{2}|instrumental)$/.test(code)),
    };
  }
}

/** Preferences are kept on the server, or on this device, as it is wished at that moment. */
export function preferencesOf(
  server: PreferencesApi,
  device: PreferencesApi,
  traceless: () => boolean,
): PreferencesApi {
  const now = () => (traceless() ? device : server);
  return {
    preferences: () => now().preferences(),
    savePreferences: (change) => now().savePreferences(change),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Each once, in the order in which they are given. */
function known<Word extends string>(words: readonly Word[], value: unknown): Word[] {
  const given = new Set(strings(value));
  return [...given].filter((each): each is Word => (words as readonly string[]).includes(each));
}
