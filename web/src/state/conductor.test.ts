import { describe, expect, it } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import type { PlayChange, Recommendation, Source, Track, Wish } from '../api/types';
import type { Player, PlayerEvent } from '../player/player';
import type { Emotion } from '../vision/types';
import { Conductor, MAX_FAILURES } from './conductor';
import { RETRY_AFTER_MS } from './sources';

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

interface World {
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

function world(): World {
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

async function playing(emotion: Emotion = 'sadness'): Promise<World> {
  const it = world();
  it.conductor.begin();
  it.see(emotion);
  await it.settle();
  it.library.happens({ type: 'playing' });
  return it;
}

const status = (it: World) => it.conductor.snapshot.status;

describe('a mood becomes music', () => {
  it('waits for a mood, then plays for it', async () => {
    const it = world();
    it.conductor.begin();
    it.see('unsure');
    await it.settle();
    expect(status(it)).toBe('waiting');
    it.see('happiness');
    await it.settle();
    expect(it.asked[0]?.wish).toMatchObject({ emotion: 'happiness', origin: 'camera' });
    expect(status(it)).toBe('starting');
    it.library.happens({ type: 'playing' });
    expect(status(it)).toBe('playing');
    expect(it.told).toEqual(['song 1 started']);
  });

  it('plays nothing for a mood before it was asked to', async () => {
    const it = world();
    it.see('happiness');
    await it.settle();
    expect(it.asked).toEqual([]);
    it.conductor.begin();
    await it.settle();
    expect(it.asked).toHaveLength(1);
  });

  it('never cuts a song when the mood changes', async () => {
    const it = await playing('sadness');
    for (const mood of ['happiness', 'unsure', 'anger'] as const) it.see(mood);
    await it.settle();
    expect(it.asked).toHaveLength(1);
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('chooses the next at the end, by the mood of that moment', async () => {
    const it = await playing('sadness');
    it.see('happiness');
    it.nowMs = 180_000;
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked[1]?.wish.emotion).toBe('happiness');
    expect(it.told[1]).toBe('song 1 {"outcome":"finished","seconds":180}');
  });

  it('keeps the last known mood when it is unsure at the end', async () => {
    const it = await playing('sadness');
    it.see('unsure');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked[1]?.wish.emotion).toBe('sadness');
  });

  it('goes on at random when no mood was ever known', async () => {
    const it = world();
    it.conductor.tell(null);
    await it.settle();
    it.library.happens({ type: 'playing' });
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked.map(({ wish }) => wish.origin)).toEqual(['random', 'random']);
  });

  it('plays at once for a mood told by hand, also over another song', async () => {
    const it = await playing('sadness');
    it.nowMs = 30_000;
    it.conductor.tell('happiness');
    await it.settle();
    expect(it.told).toContain('song 1 {"outcome":"skipped","seconds":30}');
    expect(it.asked[1]?.wish).toMatchObject({ emotion: 'happiness', origin: 'manual' });
    expect(it.library.opened?.title).toBe('song 2');
  });
});

describe('the listener decides', () => {
  it('stop ends the song and tells how long it played', async () => {
    const it = await playing();
    it.nowMs = 12_340;
    await it.conductor.stop();
    expect(status(it)).toBe('idle');
    expect(it.library.opened).toBeNull();
    expect(it.told.at(-1)).toBe('song 1 {"outcome":"stopped","seconds":12.3}');
    it.see('happiness');
    await it.settle();
    expect(it.asked).toHaveLength(1);
  });

  it('a pause does not count as played', async () => {
    const it = await playing();
    it.nowMs = 10_000;
    it.conductor.pause();
    expect(status(it)).toBe('paused');
    it.nowMs = 60_000;
    it.conductor.resume();
    it.nowMs = 65_000;
    it.conductor.next();
    expect(it.told).toContain('song 1 {"outcome":"skipped","seconds":15}');
  });

  it('a song is proposed and waits for a click where autoplay is off', async () => {
    const it = world();
    it.autoplay = false;
    it.conductor.begin();
    it.see('sadness');
    await it.settle();
    expect(status(it)).toBe('proposed');
    expect(it.library.opened).toBeNull();
    it.conductor.resume();
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('a click is enough to play, also where autoplay is off', async () => {
    const it = world();
    it.autoplay = false;
    it.conductor.tell('sadness');
    await it.settle();
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('sound that the browser holds back waits for a click', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.settle();
    it.library.happens({ type: 'blocked' });
    expect(status(it)).toBe('blocked');
    expect(it.told).toEqual([]);
    it.conductor.resume();
    expect(status(it)).toBe('playing');
  });

  it('a like can be given and taken back', async () => {
    const it = await playing();
    it.conductor.like();
    expect(it.conductor.snapshot.liked).toBe(true);
    it.conductor.like();
    expect(it.told.slice(1)).toEqual(['song 1 {"liked":true}', 'song 1 {"liked":null}']);
  });

  it('an answer that comes after stop starts nothing', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.conductor.stop();
    await it.settle();
    expect(it.library.opened).toBeNull();
    expect(status(it)).toBe('idle');
  });
});

describe('when something does not play', () => {
  it('a track that fails is reported and another one plays for the same mood', async () => {
    const it = await playing('sadness');
    it.see('happiness');
    it.library.happens({ type: 'failed', code: 'unreadable' });
    await it.settle();
    expect(it.told).toContain('song 1 failed with unreadable');
    expect(it.asked[1]?.wish.emotion).toBe('sadness');
    expect(it.conductor.snapshot.notice).toEqual({ kind: 'track_failed', title: 'song 1' });
    expect(it.library.opened?.title).toBe('song 2');
  });

  it('the next source takes over from one that cannot be reached, and it says so', async () => {
    const it = world();
    it.answer = (_, unavailable) => (unavailable.includes('youtube') ? 'library' : 'youtube');
    it.conductor.tell('sadness');
    await it.settle();
    it.youtube.happens({ type: 'unavailable' });
    await it.settle();
    expect(it.asked[1]?.unavailable).toEqual(['youtube']);
    expect(it.library.opened).not.toBeNull();
    expect(it.conductor.snapshot.notice).toEqual({ kind: 'source_unavailable', source: 'youtube' });
  });

  it('a lost source is tried again later', async () => {
    const it = world();
    it.answer = (_, unavailable) => (unavailable.includes('youtube') ? 'library' : 'youtube');
    it.conductor.tell('sadness');
    await it.settle();
    it.youtube.happens({ type: 'unavailable' });
    await it.settle();
    it.nowMs += RETRY_AFTER_MS;
    it.library.happens({ type: 'playing' });
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.youtube.opened).not.toBeNull();
  });

  it('gives up after some failures in a row, and tries again when asked', async () => {
    const it = world();
    it.conductor.tell('sadness');
    for (let i = 0; i < MAX_FAILURES; i++) {
      await it.settle();
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'failures' });
    expect(it.asked).toHaveLength(MAX_FAILURES);
    it.conductor.retry();
    await it.settle();
    expect(status(it)).toBe('starting');
  });

  it('a song that plays ends the row of failures', async () => {
    const it = world();
    it.conductor.tell('sadness');
    for (let i = 0; i < 2 * MAX_FAILURES; i++) {
      await it.settle();
      if (i % 2 === 0) it.library.happens({ type: 'playing' });
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(status(it)).toBe('starting');
  });

  it('says why when there is nothing to choose from', async () => {
    const it = world();
    it.answer = () => new ApiError(409, 'nothing_to_play', 'none');
    it.conductor.tell('sadness');
    await it.settle();
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'nothing_to_play' });
  });

  it('keeps the song while the server is gone, and waits for it at the end', async () => {
    const it = await playing('sadness');
    it.answer = () => new Unreachable('gone');
    it.see('happiness');
    expect(status(it)).toBe('playing');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(status(it)).toBe('offline');
    it.answer = () => 'library';
    it.conductor.retry();
    await it.settle();
    expect(it.library.opened?.title).toBe('song 2');
  });

  it('events of a song that was left do not count', async () => {
    const it = await playing('sadness');
    const late = it.library.happens.bind(it.library);
    it.answer = () => 'youtube';
    it.conductor.next();
    await it.settle();
    late({ type: 'failed', code: 'unreadable' });
    late({ type: 'ended' });
    await it.settle();
    expect(it.asked).toHaveLength(2);
    expect(status(it)).toBe('starting');
  });
});
