/** Everything around the conductor, as its tests want it to be. */

import type { PlayChange, Recommendation, Source, Track, Wish } from '../api/types';
import type { Player, PlayerEvent } from '../player/player';
import type { Emotion } from '../vision/types';
import { Conductor } from './conductor';

class FakePlayer implements Player {
  opened: Track | null = null;
  #tell: (event: PlayerEvent) => void = () => undefined;

  constructor(readonly source: Source) {}

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
  asked: { wish: Wish; unavailable: Source[] }[];
  /** What the server was told. */
  told: string[];
  answer: (wish: Wish, unavailable: Source[]) => Source | Error;
  autoplay: boolean;
  nowMs: number;
  /** Lets promises settle. */
  settle(): Promise<void>;
  see(emotion: Emotion | 'unsure'): void;
}

export function world(): World {
  const library = new FakePlayer('library');
  const youtube = new FakePlayer('youtube');
  let ids = 0;
  const it: World = {
    library,
    youtube,
    asked: [],
    told: [],
    answer: () => 'library',
    autoplay: true,
    nowMs: 0,
    settle: () => new Promise((resolve) => setTimeout(resolve)),
    see: (emotion) => it.conductor.see(emotion, 0.9, null),
    conductor: new Conductor({
      async recommend(wish, unavailable) {
        it.asked.push({ wish, unavailable });
        const source = it.answer(wish, unavailable);
        if (source instanceof Error) throw source;
        return recommendation(++ids, source, wish.emotion);
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
      players: { library, youtube },
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
  };
  return { id, track, reason: { code: 'any_genre', genre: null, emotion } };
}

export async function playing(emotion: Emotion = 'sadness'): Promise<World> {
  const it = world();
  it.conductor.begin();
  it.see(emotion);
  await it.settle();
  it.library.happens({ type: 'playing' });
  return it;
}

export const status = (it: World) => it.conductor.snapshot.status;
