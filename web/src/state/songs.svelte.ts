import { ApiError } from '../api/errors';
import type { Looked, OwnSong, SongsApi } from '../api/songs';
import type { Genre, Track } from '../api/types';
import { Fetched } from './fetched.svelte';
import { rowsOfText } from './song-lists';

/** As many as the server takes at once. */
const AT_ONCE = 10;
/** Of a request, which holds 8 KB. */
const MOST_BYTES = 7000;

export type SongsState = 'idle' | 'looking' | 'shown' | 'keeping' | 'kept' | 'failed' | 'full';

/** The user's own songs, and the list that is about to be added to them. */
export class SongsStore {
  readonly songs = new Fetched<Track[]>();
  state = $state<SongsState>('idle');
  /** 0..1 */
  progress = $state(0);
  looked = $state<Looked[]>([]);
  added = $state(0);

  constructor(private readonly api: SongsApi) {}

  /** Each once, however often the list names it. */
  get coming(): OwnSong[] {
    const songs = this.looked.flatMap(({ song }) => (song ? [song] : []));
    const ids = songs.map(({ youtube_video_id: id }) => id);
    return songs.filter((song, i) => ids.indexOf(song.youtube_video_id) === i);
  }

  get problems(): { row: number; problem: string }[] {
    return this.looked.flatMap(({ problem }, i) => (problem ? [{ row: i + 1, problem }] : []));
  }

  load(): Promise<void> {
    return this.songs.ask(this.api.songs);
  }

  /** Asks what links or a table would bring; nothing is kept yet. */
  async look(text: string): Promise<void> {
    const rows = rowsOfText(text);
    this.state = 'looking';
    this.progress = 0;
    this.looked = [];
    try {
      for (const some of requests(rows)) {
        const found = await this.api.look(some);
        this.looked = [...this.looked, ...found];
        this.progress = this.looked.length / rows.length;
      }
      this.state = 'shown';
    } catch {
      this.state = 'failed';
    }
  }

  choose(song: OwnSong, genre: Genre): void {
    song.genre = genre;
  }

  async keep(): Promise<void> {
    const songs = this.coming;
    this.state = 'keeping';
    this.added = 0;
    try {
      for (const some of requests(songs)) this.added += (await this.api.add(some)).added;
      this.state = 'kept';
      this.looked = [];
    } catch (error) {
      this.state = error instanceof ApiError && error.code === 'conflict' ? 'full' : 'failed';
    }
    await this.load();
  }

  cancel(): void {
    this.looked = [];
    this.state = 'idle';
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

/** Cuts a list so that each part fits into a request. */
export function requests<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  let size = Infinity;
  for (const item of items) {
    const bytes = new TextEncoder().encode(JSON.stringify(item)).length + 1;
    const last = parts.at(-1);
    if (!last || last.length >= AT_ONCE || size + bytes > MOST_BYTES) {
      parts.push([item]);
      size = bytes;
    } else {
      last.push(item);
      size += bytes;
    }
  }
  return parts;
}
