import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '../api/types';
import type { YouTubeApi } from './iframe-api';
import { STATE } from './iframe-api';
import type { PlayerEvent } from './player';
import { YouTubePlayer } from './youtube';

type Options = ConstructorParameters<YouTubeApi['Player']>[1];

/** What YouTube's own player does, as far as ours can see. */
class FakeYouTube {
  static last: FakeYouTube;
  state = STATE.unstarted;
  calls: string[] = [];

  constructor(
    readonly frame: { src: string; referrerPolicy: string },
    readonly options: Options,
  ) {
    FakeYouTube.last = this;
  }
  become(state: number): void {
    this.state = state;
    this.options.events.onStateChange({ data: state });
  }
  loadVideoById(id: string): void {
    this.calls.push(`load ${id}`);
  }
  playVideo(): void {
    this.calls.push('play');
  }
  pauseVideo(): void {
    this.become(STATE.paused);
  }
  stopVideo(): void {
    this.become(STATE.cued);
  }
  setVolume(percent: number): void {
    this.calls.push(`volume ${percent}`);
  }
  getCurrentTime = () => 12;
  getDuration = () => 0;
  getPlayerState = () => this.state;
}

class FakePage extends EventTarget {
  hidden = false;
  location = { origin: 'http://localhost:8000' };
  createElement = () => ({ src: '', referrerPolicy: '' });

  hide(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const api = { Player: FakeYouTube } as unknown as YouTubeApi;
const track = (id: string) => ({ youtube_video_id: id }) as Track;

async function opened(load: () => Promise<YouTubeApi> = async () => api) {
  const page = new FakePage();
  const host = { replaceChildren: () => undefined } as unknown as HTMLElement;
  const player = new YouTubePlayer(host, load, page as unknown as Document);
  const events: PlayerEvent[] = [];
  player.open(track('first'), (event) => events.push(event));
  await vi.advanceTimersByTimeAsync(0);
  return { page, player, events };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the YouTube player', () => {
  it('embeds by the host without cookies, and says who it is', async () => {
    await opened();
    const { frame } = FakeYouTube.last;
    expect(frame.src).toContain('https://www.youtube-nocookie.com/embed/first?');
    expect(new URL(frame.src).searchParams.get('origin')).toBe('http://localhost:8000');
    expect(frame.referrerPolicy).toBe('strict-origin-when-cross-origin');
  });

  it('plays when ready, and takes the next song into the same iframe', async () => {
    const { player, events } = await opened();
    const youtube = FakeYouTube.last;
    youtube.options.events.onReady();
    youtube.become(STATE.playing);
    youtube.become(STATE.ended);
    expect(events.map(({ type }) => type)).toEqual(['playing', 'ended']);
    player.open(track('second'), () => undefined);
    expect(youtube.calls).toContain('load second');
    expect(FakeYouTube.last).toBe(youtube);
  });

  it('is unavailable when its script does not come', async () => {
    const { events } = await opened(() => Promise.reject(new Error('blocked')));
    expect(events).toEqual([{ type: 'unavailable' }]);
  });

  it('is unavailable when its iframe is not ready in eight seconds', async () => {
    const { events } = await opened();
    await vi.advanceTimersByTimeAsync(7_900);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(events).toEqual([{ type: 'unavailable' }]);
  });

  it.each([2, 100, 101, 150, 153])('tells error %d at once', async (code) => {
    const { events } = await opened();
    FakeYouTube.last.options.events.onReady();
    FakeYouTube.last.options.events.onError({ data: code });
    expect(events).toEqual([{ type: 'failed', code: String(code) }]);
  });

  it('tries once more after error 5', async () => {
    const { events } = await opened();
    const youtube = FakeYouTube.last;
    youtube.options.events.onReady();
    youtube.options.events.onError({ data: 5 });
    expect(youtube.calls).toContain('load first');
    expect(events).toEqual([]);
    youtube.options.events.onError({ data: 5 });
    expect(events).toEqual([{ type: 'failed', code: '5' }]);
  });

  it('asks for a click when the browser blocks the sound, also when it does not say so', async () => {
    const said = await opened();
    FakeYouTube.last.options.events.onReady();
    FakeYouTube.last.options.events.onAutoplayBlocked();
    expect(said.events).toEqual([{ type: 'blocked' }]);

    const unsaid = await opened();
    FakeYouTube.last.options.events.onReady();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(unsaid.events).toEqual([{ type: 'blocked' }]);
  });

  it('is unavailable when its first song only loads', async () => {
    const { events } = await opened();
    FakeYouTube.last.options.events.onReady();
    FakeYouTube.last.become(STATE.buffering);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events).toEqual([{ type: 'unavailable' }]);
  });

  it.each([STATE.buffering, STATE.unstarted, STATE.cued])(
    'is unavailable when a later song stays in state %d, and the next begins anew',
    async (state) => {
      const { player } = await opened();
      const lost = FakeYouTube.last;
      lost.options.events.onReady();
      lost.become(STATE.playing);
      const events: PlayerEvent[] = [];
      player.open(track('second'), (event) => events.push(event));
      lost.become(state);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(events).toEqual([{ type: 'unavailable' }]);

      player.open(track('third'), () => undefined);
      await vi.advanceTimersByTimeAsync(0);
      expect(FakeYouTube.last).not.toBe(lost);
      expect(FakeYouTube.last.frame.src).toContain('/embed/third?');
    },
  );

  it('pauses while nobody can see it, and goes on when seen again', async () => {
    const { page, events } = await opened();
    const youtube = FakeYouTube.last;
    youtube.options.events.onReady();
    youtube.become(STATE.playing);
    page.hide(true);
    expect(events.at(-1)).toEqual({ type: 'paused', because: 'hidden' });
    youtube.calls = [];
    page.hide(false);
    expect(youtube.calls).toEqual(['play']);
  });

  it('stays paused when the user had paused it', async () => {
    const { page, player, events } = await opened();
    const youtube = FakeYouTube.last;
    youtube.options.events.onReady();
    youtube.become(STATE.playing);
    player.pause();
    expect(events.at(-1)).toEqual({ type: 'paused', because: 'user' });
    youtube.calls = [];
    page.hide(true);
    page.hide(false);
    expect(youtube.calls).toEqual([]);
  });

  it('fades out when closed, and says no more', async () => {
    const { player, events } = await opened();
    const youtube = FakeYouTube.last;
    youtube.options.events.onReady();
    youtube.become(STATE.playing);
    youtube.calls = [];
    const closed = player.close(0.2);
    await vi.advanceTimersByTimeAsync(300);
    await closed;
    expect(youtube.calls).toEqual([
      'volume 75',
      'volume 50',
      'volume 25',
      'volume 0',
      'volume 100',
    ]);
    expect(events.map(({ type }) => type)).toEqual(['playing']);
  });
});
