import type { DayPlay, Deletion, DiaryApi, Entry, NewEntry, Readings } from '../api/diary';
import { ApiError } from '../api/errors';
import type { I18n, PlainKey } from '../i18n/i18n.svelte';
import type { Emotion } from '../vision/types';
import type { Toasts } from './toasts.svelte';
import { newUuid } from './uuid';

/** Changes to the diary; each says what it did, and how to take it back. */
export class DiaryStore {
  /** Grows with every change: what shows the diary asks for it again. */
  version = $state(0);
  /** Grows with what the camera and the player have told the server. */
  news = $state(0);

  constructor(
    readonly api: DiaryApi,
    private readonly toasts: Toasts,
    private readonly i18n: Pick<I18n, 't'>,
    private readonly newId: () => string = newUuid,
  ) {}

  /** A new entry, or a changed one where `id` is given. Whether it was saved. */
  save(entry: Omit<NewEntry, 'id'>, id?: string): Promise<boolean> {
    return this.#change(async () => {
      if (id) await this.api.changeEntry(id, entry);
      else await this.api.addEntry({ ...entry, id: this.newId() });
      this.toasts.show(this.#t('toast.saved'));
    });
  }

  deleteEntry = (entry: Entry) =>
    this.#delete('toast.deleted.entry', () => this.api.deleteEntry(entry.id));

  deletePlay = (id: DayPlay['id']) =>
    this.#delete('toast.deleted.play', () => this.api.deletePlay(id));

  deleteReadings = (readings: Readings) =>
    this.#delete('toast.deleted.observations', () => this.api.deleteReadings(readings));

  /** Everything from `from` up to `to`; null: without end. */
  deleteRange(from: string | null, to: string | null): Promise<boolean> {
    return this.#change(async () => {
      const { undo, deleted } = await this.api.deleteRange(from, to);
      const text = this.i18n.t('toast.deleted.range', { ...deleted });
      this.toasts.show(text, () => this.#undo(undo));
    });
  }

  /** What they really were; null: as they were read. */
  correct(readings: Readings, corrected: Emotion | null): Promise<boolean> {
    return this.#change(async () => {
      const { undo } = await this.api.correct(readings, corrected);
      this.toasts.show(this.#t('toast.corrected'), () => this.#undo(undo));
    });
  }

  #delete(text: PlainKey, call: () => Promise<Deletion>): Promise<boolean> {
    return this.#change(async () => {
      const { undo } = await call();
      this.toasts.show(this.#t(text), () => this.#undo(undo));
    });
  }

  async #undo(token: string): Promise<void> {
    await this.#change(async () => {
      await this.api.undo(token);
      this.toasts.show(this.#t('toast.undone'));
    });
  }

  async #change(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const late = error instanceof ApiError && error.code === 'undo_expired';
      this.toasts.show(this.#t(late ? 'toast.tooLate' : 'toast.failed'));
      return false;
    } finally {
      this.version += 1;
    }
  }

  #t(key: PlainKey): string {
    return this.i18n.t(key);
  }
}
