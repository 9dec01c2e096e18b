import type { Source, Track } from '../api/types';
import type { Player } from '../player/player';
import { createPlayers } from '../player/players';
import { Volume } from '../player/volume';
import type { Remembered } from './device-storage';
import type { Settings } from './settings.svelte';

/** Nobody has asked for silence just now: it comes slowly. */
const FADE_S = 2;

/** All that sounds: a player for each source, at one volume. */
export class Sound implements Remembered {
  readonly key: string;
  /** The place of the YouTube iframe. It must never be moved: that would load it anew. */
  readonly place: HTMLElement;
  readonly players: Record<Source, Player>;
  readonly #volume: Volume;
  #wanted: number;

  constructor(
    document: Document,
    get: typeof fetch,
    private readonly settings: Pick<Settings, 'key' | 'volume'>,
  ) {
    this.key = settings.key;
    this.place = document.createElement('div');
    this.place.className = 'player-host';
    const players = (this.players = createPlayers(document, this.place, get));
    this.#volume = new Volume((volume) => {
      for (const player of Object.values(players)) player.setVolume(volume);
    });
    this.#wanted = settings.volume;
    this.#volume.set(this.#wanted);
  }

  setVolume(volume: number): void {
    this.settings.volume = this.#wanted = volume;
    void this.#volume.glide(volume);
  }

  /** As loud as the settings say by now. */
  follow(): void {
    const { volume } = this.settings;
    if (volume !== this.#wanted) this.setVolume(volume);
  }

  /** Down to silence, or up again to where it was; resolves when it is there. */
  fade(down: boolean): Promise<void> {
    return this.#volume.glide(down ? 0 : this.settings.volume, FADE_S);
  }

  /** How far the track has come, where it is what plays. */
  position(track: Track | undefined): ReturnType<Player['position']> | null {
    return track ? this.players[track.source].position() : null;
  }
}
