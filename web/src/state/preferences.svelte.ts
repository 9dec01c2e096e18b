import type { Api } from '../api/client';
import type { Genre, Preferences, Source } from '../api/types';
import { GENRES } from '../api/types';
import { EMOTIONS, type Emotion } from '../vision/types';

const SAVE_AFTER_MS = 400;

type PreferencesApi = Pick<Api, 'preferences' | 'savePreferences'>;

/** Which genres for which emotion, and which source first. Saved as it is changed, with undo. */
export class PreferencesStore {
  current = $state.raw<Preferences | null>(null);
  saving = $state<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  loadFailed = $state(false);
  #before = $state.raw<Preferences | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: PreferencesApi) {}

  get canUndo(): boolean {
    return this.#before !== null;
  }

  async load(): Promise<void> {
    if (this.current) return;
    this.loadFailed = false;
    try {
      this.current = await this.api.preferences();
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
    this.#change({ ...this.current, genres: next });
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
    this.#change({ ...this.current, sources });
  }

  /** A source that is not used is never asked; one that is taken up again comes last. */
  useSource(source: Source, wanted: boolean): void {
    if (!this.current) return;
    const others = this.current.sources.filter((other) => other !== source);
    this.#change({ ...this.current, sources: wanted ? [...others, source] : others });
  }

  undo(): void {
    if (!this.#before) return;
    this.current = this.#before;
    this.#before = null;
    this.#saveSoon();
  }

  /** What is still unsaved, now. */
  saveNow(): void {
    if (this.#timer === undefined && this.saving !== 'failed') return;
    clearTimeout(this.#timer);
    void this.#save();
  }

  #change(next: Preferences): void {
    this.#before = this.current;
    this.current = next;
    this.#saveSoon();
  }

  #saveSoon(): void {
    this.saving = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  }

  async #save(): Promise<void> {
    this.#timer = undefined;
    const wanted = this.current;
    if (!wanted) return;
    try {
      await this.api.savePreferences(wanted);
      // A later change has its own save under way.
      if (this.current === wanted) this.saving = 'saved';
    } catch {
      if (this.current === wanted) this.saving = 'failed';
    }
  }
}
