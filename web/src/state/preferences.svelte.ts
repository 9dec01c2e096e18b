import type { Genre, Preferences, Source } from '../api/types';
import { GENRES } from '../api/types';
import { EMOTIONS, type Emotion } from '../vision/types';
import type { PreferencesApi } from './device-likes';

const SAVE_AFTER_MS = 400;

/** What the user likes, on every device. Saved as it is changed, with undo. */
export class PreferencesStore {
  current = $state.raw<Preferences | null>(null);
  saving = $state<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  loadFailed = $state(false);
  #before = $state.raw<Preferences | null>(null);
  /** What the server has, as far as we know: only what differs is sent. */
  #saved: Preferences | null = null;
  #loading: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One save after the other: of two on their way at once, the older might win. */
  #saves = Promise.resolve();

  constructor(private readonly api: PreferencesApi) {}

  get canUndo(): boolean {
    return this.#before !== null;
  }

  /** Once, however often it is asked for; again after a failure. */
  load(): Promise<void> {
    if (this.current) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Again, because they were changed elsewhere. */
  async renew(): Promise<void> {
    await this.saveNow();
    this.#before = null;
    await this.#load();
  }

  async #load(): Promise<void> {
    this.loadFailed = false;
    try {
      this.current = this.#saved = await this.api.preferences();
    } catch {
      this.loadFailed = true;
    }
  }

  has(emotion: Emotion, genre: Genre): boolean {
    return this.current?.genres[emotion].includes(genre) ?? false;
  }

  /** Ticks or clears every pair of these emotions and genres. */
  set(emotions: readonly Emotion[], genres: readonly Genre[], wanted: boolean): void {
    if (!this.current) return;
    const next = { ...this.current.genres };
    for (const emotion of emotions) {
      const kept = GENRES.filter((genre) =>
        genres.includes(genre) ? wanted : next[emotion].includes(genre),
      );
      next[emotion] = kept;
    }
    this.change({ genres: next });
  }

  clear(): void {
    this.set(EMOTIONS, GENRES, false);
  }

  moveSource(source: Source, by: -1 | 1): void {
    if (!this.current) return;
    const sources = [...this.current.sources];
    const from = sources.indexOf(source);
    const other = sources[from + by];
    if (from < 0 || other === undefined) return;
    sources[from] = other;
    sources[from + by] = source;
    this.change({ sources });
  }

  /** A source that is not used is never asked; one that is taken up again comes last. */
  useSource(source: Source, wanted: boolean): void {
    if (!this.current) return;
    const others = this.current.sources.filter((other) => other !== source);
    this.change({ sources: wanted ? [...others, source] : others });
  }

  change(change: Partial<Preferences>): void {
    if (!this.current) return;
    this.#before = this.current;
    this.current = { ...this.current, ...change };
    this.#saveSoon();
  }

  undo(): void {
    if (!this.#before) return;
    this.current = this.#before;
    this.#before = null;
    this.#saveSoon();
  }

  /** What is still unsaved, now; resolves when that, and what was on its way, has been answered. */
  saveNow(): Promise<void> {
    const unsaved = this.#timer !== undefined || this.saving === 'failed';
    return unsaved ? this.#saveNext() : this.#saves;
  }

  #saveSoon(): void {
    this.saving = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#saveNext(), SAVE_AFTER_MS);
  }

  #saveNext(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#saves = this.#saves.then(() => this.#save()));
  }

  async #save(): Promise<void> {
    const wanted = this.current;
    if (!wanted || !this.#saved) return;
    this.saving = 'saving';
    try {
      const change = difference(this.#saved, wanted);
      if (Object.keys(change).length > 0) await this.api.savePreferences(change);
      this.#saved = wanted;
      // A later change has its own save under way.
      if (this.current === wanted) this.saving = 'saved';
    } catch {
      if (this.current === wanted) this.saving = 'failed';
    }
  }
}

/** The members of `to` that are not what they are in `from`: another device may have changed the rest. */
function difference(from: Preferences, to: Preferences): Partial<Preferences> {
  const keys = Object.keys(to) as (keyof Preferences)[];
  return Object.fromEntries(
    keys.filter((key) => to[key] !== from[key]).map((key) => [key, to[key]]),
  );
}
