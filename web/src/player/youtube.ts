import type { FailureCode, Track } from '../api/types';
import { Glide } from './glide';
import {
  embedUrl,
  HOST,
  loadIframeApi,
  STATE,
  type YouTubeApi,
  type YouTubePlayerHandle,
} from './iframe-api';
import type { Player, PlayerEvent } from './player';

const LOAD_TIMEOUT_MS = 8_000;
/** Not every browser says that it blocked autoplay: silence for so long counts as blocked. */
const START_TIMEOUT_MS = 10_000;
const FAILURES: Record<number, FailureCode> = {
  2: '2',
  5: '5',
  100: '100',
  101: '101',
  150: '150',
  153: '153',
};
const silent = () => undefined;

/**
 * YouTube by its official player, under its rules: visible, nothing drawn over it, paused while
 * the page is hidden. Nothing is loaded from YouTube before the first song of it is to play.
 */
export class YouTubePlayer implements Player {
  readonly #fade = new Glide();
  #handle: YouTubePlayerHandle | null = null;
  #tell: (event: PlayerEvent) => void = silent;
  #videoId = '';
  #volume = 1;
  #opened = 0;
  #retried = false;
  #pausedByHiding = false;
  /** A song has played here: the browser does not block the sound any more. */
  #hasPlayed = false;
  #startTimer: ReturnType<typeof setTimeout> | undefined;

  /** `host`: where on the page the iframe lives. */
  constructor(
    private readonly host: HTMLElement,
    private readonly load: (timeoutMs: number) => Promise<YouTubeApi> = loadIframeApi,
    private readonly page: Document = document,
  ) {
    page.addEventListener('visibilitychange', () => this.#followVisibility());
  }

  open(track: Track, onEvent: (event: PlayerEvent) => void): void {
    this.#silence();
    this.#opened += 1;
    this.#tell = onEvent;
    this.#retried = false;
    if (!track.youtube_video_id) {
      onEvent({ type: 'failed', code: '2' });
      return;
    }
    this.#videoId = track.youtube_video_id;
    if (this.#handle) {
      this.#handle.loadVideoById(this.#videoId);
      this.#expectStart();
    } else {
      void this.#create(this.#opened);
    }
  }

  resume(): void {
    this.#handle?.playVideo();
  }

  pause(): void {
    this.#handle?.pauseVideo();
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    this.#handle?.setVolume(volume * 100);
  }

  position() {
    return {
      seconds: this.#handle?.getCurrentTime() ?? 0,
      duration: this.#handle?.getDuration() || null,
    };
  }

  async close(fadeS: number): Promise<void> {
    const opened = this.#opened;
    this.#tell = silent;
    const handle = this.#handle;
    if (handle?.getPlayerState() === STATE.playing) {
      await this.#fade.run(this.#volume, 0, fadeS, (volume) => handle.setVolume(volume * 100));
    }
    if (this.#opened === opened) this.#silence();
  }

  async #create(opened: number): Promise<void> {
    const deadline = setTimeout(() => this.#giveUp(opened), LOAD_TIMEOUT_MS);
    try {
      const api = await this.load(LOAD_TIMEOUT_MS);
      if (this.#opened !== opened || this.#tell === silent) {
        clearTimeout(deadline);
        return;
      }
      const handle = new api.Player(this.#iframe(), {
        host: HOST,
        events: {
          onReady: () => {
            clearTimeout(deadline);
            this.#handle = handle;
            handle.setVolume(this.#volume * 100);
            handle.playVideo();
            this.#expectStart();
          },
          onStateChange: ({ data }) => this.#onState(data),
          onError: ({ data }) => this.#onError(data),
          onAutoplayBlocked: () => this.#tell({ type: 'blocked' }),
        },
      });
    } catch {
      clearTimeout(deadline);
      this.#giveUp(opened);
    }
  }

  /** Made by us and not by the API, so that the referrer policy is certain (error 153). */
  #iframe(): HTMLIFrameElement {
    const frame = this.page.createElement('iframe');
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    frame.title = 'YouTube';
    frame.src = embedUrl(this.#videoId, this.page.location.origin);
    this.host.replaceChildren(frame);
    return frame;
  }

  #giveUp(opened: number): void {
    if (this.#opened === opened && !this.#handle) this.#lose();
  }

  /** Without an iframe: the next song begins anew. */
  #lose(): void {
    const tell = this.#tell;
    this.#tell = silent;
    this.#opened += 1;
    this.#handle = null;
    this.host.replaceChildren();
    tell({ type: 'unavailable' });
  }

  #onState(state: number): void {
    if (state === STATE.playing) {
      clearTimeout(this.#startTimer);
      this.#hasPlayed = true;
      if (this.page.hidden) {
        this.#followVisibility();
        return;
      }
      this.#tell({ type: 'playing' });
    } else if (state === STATE.paused) {
      this.#tell({ type: 'paused', because: this.#pausedByHiding ? 'hidden' : 'user' });
    } else if (state === STATE.ended) {
      this.#tell({ type: 'ended' });
    }
  }

  #onError(data: number): void {
    clearTimeout(this.#startTimer);
    if (data === 5 && !this.#retried) {
      this.#retried = true;
      this.#handle?.loadVideoById(this.#videoId);
      this.#expectStart();
      return;
    }
    this.#tell({ type: 'failed', code: FAILURES[data] ?? '5' });
  }

  #followVisibility(): void {
    if (this.page.hidden && this.#handle?.getPlayerState() === STATE.playing) {
      this.#pausedByHiding = true;
      this.#handle.pauseVideo();
    } else if (!this.page.hidden && this.#pausedByHiding) {
      this.#pausedByHiding = false;
      this.#handle?.playVideo();
    }
  }

  #expectStart(): void {
    clearTimeout(this.#startTimer);
    this.#startTimer = setTimeout(() => {
      const state = this.#handle?.getPlayerState();
      const waiting = state === STATE.unstarted || state === STATE.cued;
      if (state === STATE.buffering || (waiting && this.#hasPlayed)) this.#lose();
      else if (waiting) this.#tell({ type: 'blocked' });
    }, START_TIMEOUT_MS);
  }

  #silence(): void {
    clearTimeout(this.#startTimer);
    this.#fade.cancel();
    this.#tell = silent;
    this.#pausedByHiding = false;
    if (!this.#handle) {
      // Still loading: without its iframe it cannot start after all.
      this.host.replaceChildren();
      return;
    }
    this.#handle.stopVideo();
    this.#handle.setVolume(this.#volume * 100);
  }
}
