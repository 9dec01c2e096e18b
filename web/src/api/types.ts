/** What the server says and hears, as far as the page cares; explained in docs/api.md. */
import type { Situation } from '../state/situations';
import type { Emotion, Probabilities } from '../vision/types';
import type { Answer, Body } from './schema';

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
] as const satisfies Answer<'TrackOut'>['genre'][];
export type Genre = (typeof GENRES)[number];

export const SOURCES = [
  'library',
  'subsonic',
  'youtube',
  'radio',
] as const satisfies Answer<'TrackOut'>['source'][];
export type Source = (typeof SOURCES)[number];

export const THEMES = ['system', 'light', 'dark'] as const satisfies Preferences['theme'][];
export type Theme = (typeof THEMES)[number];

export type Track = Answer<'TrackOut'>;

export type Origin = Body<'RecommendationIn'>['origin'];

export interface Wish {
  /** What the user said to be doing; for this page only, the server is told the emotion. */
  situation?: Situation;
  emotion: Emotion | null;
  origin: Origin;
  confidence: number | null;
  probabilities: Probabilities | null;
}

export type Goal = Answer<'RecommendationOut'>['goal'];
export const GOALS = ['match', 'lift', 'calm', 'focus'] as const satisfies Goal[];

/** A song of the queue; `placed`: the user has put it where it is. */
export type Waiting = Required<Body<'WaitingIn'>>;

/** The queue as it is, and how many songs are wanted; see docs/api.md. */
export interface PlanRequest {
  unavailable: readonly Source[];
  waiting: readonly Waiting[];
  without: readonly Recommendation['id'][];
  length: number;
  playing: Recommendation['id'] | null;
  fresh: boolean;
  step: number;
}

export type Step = Answer<'StepOut'>;

export type BanKind = Answer<'BanOut'>['kind'];
export const BAN_KINDS = ['rest', 'song', 'artist'] as const satisfies BanKind[];
export type Ban = Answer<'BanOut'>;

export type Recommendation = Pick<Answer<'RecommendationOut'>, 'id' | 'track' | 'goal'> & {
  step?: Step | null;
  reason: Pick<Answer<'ReasonOut'>, 'code' | 'genre' | 'emotion'> &
    Partial<Pick<Answer<'ReasonOut'>, 'liked' | 'heard' | 'instead_of'>>;
};

export type PlayChange = Body<'PlayChange'>;
export type Outcome = NonNullable<PlayChange['outcome']>;

export type Play = Pick<
  Answer<'PlayOut'>,
  'id' | 'started_at' | 'track' | 'emotion' | 'outcome' | 'seconds' | 'liked'
>;

/** YouTube's error numbers, or `unreadable` for a file. */
export type FailureCode = Body<'FailureIn'>['code'];

/** `observed_at` is the start of the stretch, UTC. */
export type Observation = Omit<Answer<'ObservationIn'>, 'probabilities'> & {
  probabilities: Probabilities | null;
};

/**
 * `explicit`: whether songs that are known to be explicit may come. `languages` are those of songs,
 * ISO 639-1 codes or `instrumental`; none means any. `retention_days`: how long the diary is kept;
 * null: for ever. `language` is the interface's; null: never told. `timezone` is an IANA name;
 * null: that of the device.
 */
export type Preferences = Answer<'PreferencesBody'>;

export type Catalogue = Answer<'CatalogueOut'>;

/** `login_id`, `name` and `email` are null for a guest. */
export type User = Answer<'UserOut'>;
