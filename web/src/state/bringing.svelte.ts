import { ApiError } from '../api/errors';
import type { LookedLine, OwnSong, SkippedLine, SongList, SongsApi } from '../api/songs';
import type { Genre } from '../api/types';
import { firstPart, TooBig } from './song-lists';

export type BringingState =
  'idle' | 'looking' | 'shown' | 'keeping' | 'kept' | 'failed' | 'full' | 'refused';

/** Why a whole list is refused. */
export const REFUSALS = [
  'too_big',
  'too_many',
  'pictures',
  'not_text',
  'damaged',
  'not_here',
  'busy',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A song that would come; `suggested`: the list did not name its genre. */
export interface Coming {
  song: OwnSong;
  suggested: boolean;
}

/** A list on its way to the user's songs: looked at first, then kept, as far as it came. */
export class Bringing {
  state = $state<BringingState>('idle');
  /** Rows that were looked at, of `total` where that is known. */
  read = $state(0);
  total = $state<number | null>(null);
  /** Of playlists. */
  pages = $state(0);
  /** YouTube wants to be asked again after so long. */
  waitingS = $state(0);
  coming = $state<Coming[]>([]);
  skipped = $state.raw<readonly SkippedLine[]>([]);
  /** Songs of the list that the user has already. */
  there = $state(0);
  /** The list ended early: there is more in it. */
  interrupted = $state(false);
  /** There is more than a user can have. */
  cut = $state(false);
  refusal = $state<Refusal>('damaged');
  added = $state(0);
  #asking = new AbortController();

  constructor(private readonly api: Pick<SongsApi, 'look' | 'add'>) {}

  /** Asks what the list would bring; nothing is kept yet. */
  async look(read: () => SongList | Promise<SongList>): Promise<void> {
    this.clear();
    const { signal } = (this.#asking = new AbortController());
    this.state = 'looking';
    this.interrupted = true; // until the last line says otherwise
    try {
      const list = await read();
      for await (const line of this.api.look(list, signal)) {
        if (signal.aborted) break;
        this.#hear(line);
      }
      this.state = 'shown';
    } catch (error) {
      this.#fail(error, signal.aborted);
    }
    this.waitingS = 0;
  }

  /** No more of it: what came so far stays. */
  stop(): void {
    this.#asking.abort();
  }

  choose({ song }: Coming, genre: Genre): void {
    song.genre = genre;
  }

  /** Of all songs whose list names none. */
  chooseForSuggested(genre: Genre): void {
    for (const { song, suggested } of this.coming) if (suggested) song.genre = genre;
  }

  /** What is kept leaves the list, so that another try goes on with the rest. */
  async keep(): Promise<void> {
    const { signal } = (this.#asking = new AbortController());
    this.state = 'keeping';
    this.added = 0;
    this.read = 0;
    this.total = this.coming.length;
    try {
      while (this.coming.length > 0 && !signal.aborted) {
        const part = firstPart(this.coming.map(({ song }) => song));
        this.added += (await this.api.add(part)).added;
        this.read += part.length;
        this.coming = this.coming.slice(part.length);
      }
      this.state = this.coming.length > 0 ? 'shown' : 'kept';
    } catch (error) {
      this.state = error instanceof ApiError && error.code === 'conflict' ? 'full' : 'failed';
    }
  }

  /** Forgets the list. */
  clear(): void {
    this.stop();
    this.state = 'idle';
    this.read = this.pages = this.there = this.waitingS = 0;
    this.total = null;
    this.coming = [];
    this.skipped = [];
    this.interrupted = this.cut = false;
  }

  #hear(line: LookedLine): void {
    this.waitingS = 0;
    switch (line.kind) {
      case 'total':
        this.total = line.total;
        return;
      case 'page':
        this.pages += 1;
        return;
      case 'waiting':
        this.waitingS = Math.ceil(line.seconds);
        return;
      case 'end':
        this.interrupted = line.interrupted;
        this.cut = line.full;
        return;
      case 'song':
        this.coming.push({ song: line.song, suggested: line.suggested });
        break;
      case 'there':
        this.there += 1;
        break;
      case 'skipped':
        this.skipped = [...this.skipped, line];
    }
    this.read += 1;
  }

  #fail(error: unknown, stopped: boolean): void {
    const refusal = refusalOf(error);
    if (refusal) {
      this.state = 'refused';
      this.refusal = refusal;
    } else this.state = this.read > 0 ? 'shown' : stopped ? 'idle' : 'failed';
  }
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof TooBig) return 'too_big';
  if (!(error instanceof ApiError)) return null;
  if (error.status === 413) return 'too_big';
  if (error.status === 429) return 'busy';
  if (error.status !== 422) return null;
  return REFUSALS.find((each) => each === error.fields[0]?.code) ?? 'damaged';
}
