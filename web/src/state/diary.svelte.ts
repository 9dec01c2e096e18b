import type { DayObservation, DayPlay, Deletion, DiaryApi, Entry, NewEntry } from '../api/diary';
import { ApiError } from '../api/errors';
import type { I18n, PlainKey } from '../i18n/i18n.svelte';
import type { Emotion } from '../vision/types';
import type { Toasts } from './toasts.svelte';

/** Requests at once: quick, and far from the server's limit. */
const ABREAST = 4;

/** Changes to the diary; each says what it did, and how to take it back. */
export class DiaryStore {
  /** Grows with every change: what shows the diary asks for it again. */
  version = $state(0);

  constructor(
    readonly api: DiaryApi,
    private readonly toasts: Toasts,
    private readonly i18n: Pick<I18n, 't'>,
    private readonly newId: () => string = () => crypto.randomUUID(),
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
    this.#delete('toast.deleted.entry', [() => this.api.deleteEntry(entry.id)]);

  deletePlay = (id: DayPlay['id']) =>
    this.#delete('toast.deleted.play', [() => this.api.deletePlay(id)]);

  deleteObservations = (observations: readonly DayObservation[]) =>
    this.#delete(
      'toast.deleted.observations',
      observations.map(
        ({ id }) =>
          () =>
            this.api.deleteObservation(id),
      ),
    );

  /** Everything from `from` up to `to`; null: without end. */
  deleteRange(from: string | null, to: string | null): Promise<boolean> {
    return this.#change(async () => {
      const { undo, deleted } = await this.api.deleteRange(from, to);
      const text = this.i18n.t('toast.deleted.range', { ...deleted });
      this.toasts.show(text, () => this.#undo([undo]));
    });
  }

  /** What it really was; null: as it was read. */
  correct(observations: readonly DayObservation[], corrected: Emotion | null): Promise<boolean> {
    const set = (to: (one: DayObservation) => Emotion | null) =>
      abreast(observations.map((one) => () => this.api.correct(one.id, to(one))));
    return this.#change(async () => {
      await set(() => corrected);
      this.toasts.show(this.#t('toast.corrected'), async () => {
        await this.#change(async () => {
          await set((one) => one.corrected);
          this.toasts.show(this.#t('toast.undone'));
        });
      });
    });
  }

  #delete(text: PlainKey, calls: (() => Promise<Deletion>)[]): Promise<boolean> {
    return this.#change(async () => {
      const deletions: Deletion[] = [];
      const said = (what: PlainKey) =>
        this.toasts.show(this.#t(what), () => this.#undo(deletions.map(({ undo }) => undo)));
      try {
        await abreast(calls.map((call) => async () => deletions.push(await call())));
      } catch (error) {
        if (deletions.length === 0) throw error;
        // What did go can come back.
        said('toast.deleted.some');
        return;
      }
      said(text);
    });
  }

  async #undo(tokens: string[]): Promise<void> {
    await this.#change(async () => {
      await abreast(tokens.map((token) => () => this.api.undo(token)));
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

/** Runs them a few at once; the first failure stops what has not begun. */
async function abreast(calls: (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...calls];
  const lane = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      try {
        await call();
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: ABREAST }, lane));
  const failed = lanes.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
