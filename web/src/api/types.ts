/** What the server says and hears: docs/api.md, written by hand. */
import type { Language } from '../i18n/language';
import type { Situation } from '../state/situations';
import type { Emotion, Label, Probabilities } from '../vision/types';

export const GENRES = [
  'classic',
  'jazz',
  'pop',
  'trot',
  'idol',
  'rock',
  'ballad',
  'game',
  'hiphop',
  'extra',
] as const;
export type Genre = (typeof GENRES)[number];

export const SOURCES = ['library', 'youtube'] as const;
export type Source = (typeof SOURCES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Track {
  id: number | string;
  title: string;
  artist: string | null;
  genre: Genre;
  year: number | null;
  language: string | null;
  duration_s: number | null;
  source: Source;
  youtube_video_id: string | null;
  audio_url: string | null;
}

export type Origin = 'camera' | 'manual' | 'random';

export interface Wish {
  /** What the user said to be doing; for this page only, the server is told the emotion. */
  situation?: Situation;
  emotion: Emotion | null;
  origin: Origin;
  confidence: number | null;
  probabilities: Probabilities | null;
}

export interface Recommendation {
  id: number | string;
  track: Track;
  reason: { code: string; genre: Genre | null; emotion: Emotion | null };
}

export type Outcome = 'finished' | 'skipped' | 'stopped' | 'failed';

export interface PlayChange {
  outcome?: Outcome;
  seconds?: number;
  liked?: boolean | null;
}

export interface Play {
  id: number | string;
  started_at: string;
  track: Track;
  emotion: Emotion | null;
  outcome: Outcome | null;
  seconds: number | null;
  liked: boolean | null;
}

/** YouTube's error numbers, or `unreadable` for a file. */
export type FailureCode = '2' | '5' | '100' | '101' | '150' | '153' | 'unreadable';

export interface Observation {
  id: string;
  /** Start of the stretch, UTC. */
  observed_at: string;
  duration_s: number;
  emotion: Label;
  probabilities: Probabilities | null;
  unsure_share: number;
}

export interface Preferences {
  genres: Record<Emotion, Genre[]>;
  sources: Source[];
  /** Whether songs that are known to be explicit may come. */
  explicit: boolean;
  /** Of songs: ISO 639-1 codes or `instrumental`; none means any. */
  languages: string[];
  /** How long the diary is kept; null: for ever. */
  retention_days: number | null;
  theme: Theme;
  /** Of the interface; null: never told. */
  language: Language | null;
  /** IANA name; null: that of the device. */
  timezone: string | null;
}

export interface Catalogue {
  genres: { id: Genre; tracks: number }[];
  sources: { id: Source; tracks: number }[];
}

export interface User {
  id: number | string;
  guest: boolean;
  created_at: string;
  /** Null for a guest, as the name and the address. */
  login_id: string | null;
  name: string | null;
  email: string | null;
}
