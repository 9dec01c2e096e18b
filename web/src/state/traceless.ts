import type { Api } from '../api/client';
import { listeningApi } from '../api/listening';
import type { Outbox } from '../api/outbox';
import {
  tracelessApi,
  type TracelessApi,
  type TracelessQuestion,
  type TracelessSong,
} from '../api/traceless';
import type { Goal, PlanRequest, Recommendation, Track, Wish } from '../api/types';
import type { Consent } from './consent.svelte';
import type { DeviceLikes } from './device-likes';
import type { ConductorParts } from './listening';
import { createReporter, type Reporter } from './reporter';
import type { Settings } from './settings.svelte';

/** As many as the server takes. */
const MOST_HEARD = 20;
const MOST_FAILED = 100;

type Known = NonNullable<TracelessQuestion['waiting']>[number];

/** A song that was proposed, and what the server must be told of it later. */
interface Held {
  song: Recommendation;
  known: Known;
}

/** Whether the song was proposed without a trace: its id is below zero, where no id of a session is. */
export function isTraceless(id: Recommendation['id']): boolean {
  return id < 0;
}

/** Listening without a trace: what a server would remember is remembered here, and goes with the page. */
export class TracelessListening implements Reporter {
  #held = new Map<Recommendation['id'], Held>();
  #heard: Track['id'][] = [];
  #failed: Track['id'][] = [];
  /** The server's ids mean nothing: these are ours, see `isTraceless`. */
  #lastId = 0;

  constructor(
    private readonly api: TracelessApi,
    private readonly likes: Pick<DeviceLikes, 'current'>,
  ) {}

  async plan(wish: Wish, goal: Goal, request: PlanRequest): Promise<Recommendation[]> {
    const { emotion, origin } = wish;
    const known = (id: number | null) => (id === null ? undefined : this.#held.get(id)?.known);
    const songs = await this.api.plan({
      ...{ emotion, origin, goal, likes: this.likes.current },
      unavailable_sources: [...request.unavailable],
      heard: this.#heard,
      failed: this.#failed,
      without: request.without.flatMap((id) => known(id)?.track_id ?? []),
      waiting: request.waiting.flatMap(({ id, placed }) => {
        const one = known(id);
        return one ? [{ ...one, placed }] : [];
      }),
      playing: known(request.playing) ?? null,
      ...{ length: request.length, fresh: request.fresh, step: request.step },
    });
    return this.#take(songs, wish, request);
  }

  started(recommendation: Recommendation): ReturnType<Reporter['started']> {
    this.#heard = [recommendation.track.id, ...this.#heard].slice(0, MOST_HEARD);
    return { change: () => undefined, leave: () => undefined };
  }

  trackFailed({ id }: Track): void {
    this.#failed = [id, ...this.#failed].slice(0, MOST_FAILED);
  }

  /** A song that waited and is still there stays the same one. */
  #take(songs: TracelessSong[], wish: Wish, request: PlanRequest): Recommendation[] {
    const waited = request.waiting.flatMap(({ id }) => this.#held.get(id) ?? []);
    const taken = songs.map((song) => {
      const before = waited.find((one) => one.song.track.id === song.track.id);
      return before ?? this.#hold(song, wish);
    });
    const spoken = [...request.without, ...(request.playing === null ? [] : [request.playing])];
    const kept = spoken.flatMap((id) => this.#held.get(id) ?? []);
    this.#held = new Map([...kept, ...taken].map((one) => [one.song.id, one]));
    return taken.map(({ song }) => song);
  }

  #hold({ ahead, ...song }: TracelessSong, { emotion, origin }: Wish): Held {
    const known = { track_id: song.track.id, emotion, origin, goal: song.goal, step: ahead };
    return { song: { ...song, id: --this.#lastId }, known };
  }
}

/** As much of a mood as a song must be chosen for: how it was read is for a history alone. */
function named(wish: Wish): Wish {
  return { ...wish, confidence: null, probabilities: null };
}

/** The same request of a session, which knows nothing of songs without a trace. */
function ofSession(request: PlanRequest): PlanRequest {
  const { playing } = request;
  return {
    ...request,
    waiting: request.waiting.filter(({ id }) => !isTraceless(id)),
    without: request.without.filter((id) => !isTraceless(id)),
    playing: playing === null || isTraceless(playing) ? null : playing,
  };
}

/**
 * What the conductor needs, by the usual way or, while nothing is to be stored, without a trace. Numbers of the camera are
 * told only where a history may be kept.
 */
export function createListening(
  consent: Consent,
  settings: Pick<Settings, 'goal'>,
  likes: Pick<DeviceLikes, 'current'>,
  api: Api,
  outbox: Outbox,
): Pick<ConductorParts, 'plan' | 'reporter'> {
  const traceless = new TracelessListening(tracelessApi(api.askOpenly), likes);
  const usual = listeningApi(api.ask);
  const told = createReporter(api, outbox, () => consent.history === true);
  return {
    plan: (wish, request) =>
      consent.traceless
        ? traceless.plan(wish, settings.goal, request)
        : usual.plan(consent.history ? wish : named(wish), settings.goal, ofSession(request)),
    reporter: {
      started: (song) =>
        (consent.traceless || isTraceless(song.id) ? traceless : told).started(song),
      trackFailed: (track, code) => (consent.traceless ? traceless : told).trackFailed(track, code),
    },
  };
}
