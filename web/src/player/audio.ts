import type { Track } from '../api/types';
import { Glide } from './glide';
import type { Player, PlayerEvent } from './player';

/** Where nobody needs to say who listens; see docs/api.md, "Nothing stored". */
const NAMELESS = '/api/private/';
/** No such file, none that a browser plays, an empty one. Every other refusal is not its fault. */
const BAD_FILE_STATUSES = [404, 415, 416];

/** Whether our server says that the one behind it, a music server, is gone. */
async function isLostSource(response: Response): Promise<boolean> {
  const problem: unknown = await response.json().catch(() => null);
  return (problem as { code?: unknown } | null)?.code === 'source_unavailable';
}

/** Whatever our own server sends as sound, by an <audio> element. */
export class AudioPlayer implements Player {
  readonly #element: HTMLAudioElement;
  readonly #fade = new Glide();
  #tell: (event: PlayerEvent) => void = () => undefined;
  #url: string | null = null;
  #opened = 0;
  #volume = 1;

  constructor(
    element: HTMLAudioElement,
    private readonly get: typeof fetch,
  ) {
    this.#element = element;
    element.preload = 'auto';
    element.addEventListener('playing', () => this.#tell({ type: 'playing' }));
    element.addEventListener('ended', () => this.#tell({ type: 'ended' }));
    element.addEventListener('error', () => void this.#explainError());
    element.addEventListener('pause', () => {
      if (!element.ended) this.#tell({ type: 'paused', because: 'user' });
    });
  }

  open(track: Track, onEvent: (event: PlayerEvent) => void): void {
    this.#silence();
    if (!track.audio_url) {
      onEvent({ type: 'failed', code: 'unreadable' });
      return;
    }
    this.#opened += 1;
    this.#url = track.audio_url;
    this.#tell = onEvent;
    this.#element.volume = this.#volume;
    this.#element.src = track.audio_url;
    this.resume();
  }

  resume(): void {
    const tell = this.#tell;
    this.#element.play().catch((error: unknown) => {
      // Every other failure also arrives as an `error` event, with its reason.
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        tell({ type: 'blocked' });
      }
    });
  }

  pause(): void {
    this.#element.pause();
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    this.#element.volume = volume;
  }

  position() {
    const { currentTime, duration } = this.#element;
    return { seconds: currentTime, duration: Number.isFinite(duration) ? duration : null };
  }

  async close(fadeS: number): Promise<void> {
    if (this.#url === null) return;
    const opened = this.#opened;
    this.#tell = () => undefined;
    if (!this.#element.paused) {
      await this.#fade.run(this.#volume, 0, fadeS, (volume) => (this.#element.volume = volume));
    }
    if (this.#opened === opened) this.#silence();
  }

  #silence(): void {
    this.#fade.cancel();
    this.#tell = () => undefined;
    this.#url = null;
    this.#element.pause();
    this.#element.removeAttribute('src');
    this.#element.load();
  }

  /** The element does not say whether the file is bad or the server is gone; one byte tells. */
  async #explainError(): Promise<void> {
    const tell = this.#tell;
    const url = this.#url;
    if (url === null) return;
    try {
      const response = await this.get(url, {
        headers: { Range: 'bytes=0-0' },
        credentials: url.startsWith(NAMELESS) ? 'omit' : 'same-origin',
      });
      const { ok, status } = response;
      if (ok || BAD_FILE_STATUSES.includes(status)) tell({ type: 'failed', code: 'unreadable' });
      else if (await isLostSource(response)) tell({ type: 'unavailable' });
      else tell({ type: 'unreachable' });
    } catch {
      tell({ type: 'unreachable' });
    }
  }
}
