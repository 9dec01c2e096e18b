import type { SongsApi } from '../api/songs';
import type { Track } from '../api/types';
import { Fetched } from './fetched.svelte';

/** The user's own songs. */
export class SongsStore {
  readonly songs = new Fetched<Track[]>();

  constructor(private readonly api: Pick<SongsApi, 'songs' | 'remove'>) {}

  load(): Promise<void> {
    return this.songs.ask(this.api.songs);
  }

  /** Whether it is gone. */
  async remove(track: Track): Promise<boolean> {
    const gone = await this.api.remove(track.id).then(
      () => true,
      () => false,
    );
    await this.load();
    return gone;
  }
}
