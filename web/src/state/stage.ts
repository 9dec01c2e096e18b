import type { Outcome, Recommendation, Source } from '../api/types';
import type { Player, PlayerEvent } from '../player/player';
import type { Clock } from './clock';
import { Heard } from './heard';
import type { Reporter } from './reporter';

/** Where one song at a time is heard, whatever its source, and what the server is told of it. */
export class Stage {
  #song: Recommendation | null = null;
  #heard: Heard;

  constructor(
    private readonly players: Record<Source, Player>,
    reporter: Pick<Reporter, 'started'>,
    clock: Clock,
  ) {
    this.#heard = new Heard(reporter, clock);
  }

  /** The song comes on; what it does after its `end` is too late to be told. */
  open(song: Recommendation, tell: (event: PlayerEvent) => void): void {
    this.#song = song;
    const player = this.players[song.track.source];
    this.silence(player);
    player.open(song.track, (event) => {
      if (this.#song !== song) return;
      if (event.type === 'playing') this.#heard.plays(song);
      if (event.type === 'paused') this.#heard.rests();
      tell(event);
    });
  }

  resume(): void {
    this.#player?.resume();
  }

  pause(): void {
    this.#player?.pause();
  }

  /** Whether there is a song to like. */
  like(liked: boolean): boolean {
    return this.#heard.like(liked);
  }

  /** The song is over, and leaves; what still sounds of it fades out over so many seconds. */
  async end(outcome: Outcome, fadeS: number | null): Promise<void> {
    const player = this.#player;
    this.#heard.ends(outcome);
    this.#song = null;
    if (fadeS !== null) await player?.close(fadeS);
  }

  silence(except?: Player): void {
    for (const player of Object.values(this.players)) {
      if (player !== except) void player.close(0);
    }
  }

  /** The page is being left. */
  leave(): void {
    this.#heard.leave();
  }

  get #player(): Player | null {
    return this.#song && this.players[this.#song.track.source];
  }
}
