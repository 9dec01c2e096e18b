/** Everything around the conductor, as its tests want it to be. */

import type { PlanRequest, PlayChange, Recommendation, Source, Track, Wish } from '../api/types';
import type { Player, PlayerEvent } from '../player/player';
import type { Emotion } from '../vision/types';
import { Conductor } from './conductor';

class FakePlayer implements Player {
  opened: Track | null = null;
  #tell: (event: PlayerEvent) => void = () => undefined;

  open(track: Track, onEvent: (event: PlayerEvent) => void): void {
    this.opened = track;
    this.#tell = onEvent;
  }
  /** What the world does to the player. */
  happens(event: PlayerEvent): void {
    this.#tell(event);
  }
  resume(): void {
    this.#tell({ type: 'playing' });
  }
  pause(): void {
    this.#tell({ type: 'paused', because: 'user' });
  }
  setVolume(): void {
    // Nobody listens.
  }
  position() {
    return { seconds: 0, duration: null };
  }
  async close(): Promise<void> {
    this.opened = null;
  }
}

export interface World {
  conductor: Conductor;
  library: FakePlayer;
  youtube: FakePlayer;
  /** What the server was asked for. */
  asked: ({ wish: Wish } & PlanRequest)[];
  /** What the server was told. */
  told: string[];
  answer: (wish: Wish, unavailable: readonly Source[]) => Source | Error;
  /** So many songs the server plans beyond the first. */
  ahead: number;
  autoplay: boolean;
  nowMs: number;
  /** Lets promises settle. */
  settle(): Promise<void>;
  see(emotion: Emotion | 'unsure'): void;
}

export function world(): World {
  const library = new FakePlayer();
  const youtube = new FakePlayer();
  let ids = 0;
  const made = new Map<number, Recommendation>();
  const it: World = {
    library,
    youtube,
    asked: [],
    told: [],
    answer: () => 'library',
    ahead: 0,
    autoplay: true,
    nowMs: 0,
    settle: () => new Promise((resolve) => setTimeout(resolve)),
    see: (emotion) => it.conductor.see(emotion, 0.9, null),
    conductor: new Conductor({
      async plan(wish, request) {
        it.asked.push({ wish, ...request });
        const source = it.answer(wish, request.unavailable);
        if (source instanceof Error) throw source;
        const kept = request.waiting.flatMap(({ id, placed }) => {
          const song = made.get(id);
          return song && (placed || song.reason.emotion === wish.emotion) ? song : [];
        });
        const wanted = Math.min(request.length, it.ahead + (request.playing === null ? 1 : 0));
        const songs = request.fresh ? [] : kept;
        while (songs.length < wanted) {
          const song = recommendation(++ids, source, wish.emotion);
          made.set(song.id, song);
          songs.push(song);
          if (request.fresh && songs.length === 1) songs.push(...kept);
        }
        return songs;
      },
      reporter: {
        started: ({ track }) => {
          it.told.push(`${track.title} started`);
          const tell = (change: PlayChange) =>
            it.told.push(`${track.title} ${JSON.stringify(change)}`);
          return { change: tell, leave: tell };
        },
        trackFailed: ({ title }, code) => it.told.push(`${title} failed with ${code}`),
      },
      players: { library, subsonic: library, youtube, radio: library },
      clock: { now: () => it.nowMs },
      autoplay: () => it.autoplay,
    }),
  };
  return it;
}

function recommendation(id: number, source: Source, emotion: Emotion | null): Recommendation {
  const track: Track = {
    id,
    title: `song ${id}`,
    artist: null,
    genre: 'jazz',
    year: null,
    language: null,
    duration_s: null,
    source,
    youtube_video_id: null,
    audio_url: null,
    cover_url: null,
  };
  return { id, track, goal: 'match', reason: { code: 'any_genre', genre: null, emotion } };
}

export async function playing(emotion: Emotion = 'sadness', ahead = 0): Promise<World> {
  const it = world();
  it.ahead = ahead;
  it.conductor.begin();
  it.see(emotion);
  await it.settle();
  it.library.happens({ type: 'playing' });
  return it;
}

export const status = (it: World) => it.conductor.snapshot.status;
