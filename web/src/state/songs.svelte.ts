import type { SongChange, SongsApi } from '../api/songs';
import type { Track } from '../api/types';
import { Fetched } from './fetched.svelte';

/** The user's own songs. */
export class SongsStore {
  readonly songs = new Fetched<Track[]>();

  constructor(private readonly api: Pick<SongsApi, 'songs' | 'change' | 'remove'>) {}

  load(): Promise<void> {
    return this.songs.ask(this.api.songs);
  }

  /** Whether it is changed. */
  change(track: Track, change: SongChange): Promise<boolean> {
    return this.#done(this.api.change(track.id, change));
  }

  /** Whether it is gone. */
  remove(track: Track): Promise<boolean> {
    return this.#done(this.api.remove(track.id));
  }

  async #done(work: Promise<unknown>): Promise<boolean> {
    const done = await work.then(
      () => true,
      () => false,
    );
    await this.load();
    return done;
  }
}
