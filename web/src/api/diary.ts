/** The diary's part of docs/api.md: days, entries by hand, corrections, deletions, moving house. */
import type { Emotion, Label } from '../vision/types';
import type { Ask } from './client';
import type { Answer } from './schema';
import type { Play } from './types';

/** Seconds for each of the seven labels. */
export type Seconds = Record<Label, number>;

/** `corrected`: what the user says it was instead. */
export type DayObservation = Answer<'ObservationOut'>;

/** `after`: what was seen around the song's end; null where too little was. */
export type DayPlay = Play & Pick<Answer<'PlayOut'>, 'after'>;

/** `valence` is -1..1. */
export type Entry = Answer<'EntryOut'>;

export type NewEntry = Pick<Entry, 'id' | 'at' | 'emotion' | 'note'>;

export type Day = Omit<Answer<'DayOut'>, 'plays'> & { plays: DayPlay[] };

/** A deletion that can be taken back for ten minutes. */
export type Deletion = Answer<'DeletionOut'>;

export type Corrected = Answer<'ReadingsCorrectionOut'>;

/** Readings that began from `from` up to `to`; `shown`: only those that count as this. */
export interface Readings {
  from: string;
  to: string;
  shown: Label | null;
}

export type Deleted = Answer<'SpanDeletionOut'>;

/** `row`: the line of a table, its header being 1; in an export "observations/0". */
export type ImportProblem = Answer<'RowProblem'>;

/** `skipped`: what was there already. */
export type ImportResult = Answer<'ImportOut'>;

const IMPORT_TIMEOUT_MS = 60_000;

export type DiaryApi = ReturnType<typeof diaryApi>;

export function diaryApi(ask: Ask) {
  const zoned = (timezone: string) => `timezone=${encodeURIComponent(timezone)}`;
  return {
    day: (date: string, timezone: string) => ask<Day>(`/api/diary/${date}?${zoned(timezone)}`),
    addEntry: (entry: NewEntry) => ask<Entry>('/api/entries', { method: 'POST', body: entry }),
    changeEntry: (id: string, change: Partial<Omit<NewEntry, 'id'>>) =>
      ask<Entry>(`/api/entries/${id}`, { method: 'PATCH', body: change }),
    deleteEntry: (id: string) => ask<Deletion>(`/api/entries/${id}`, { method: 'DELETE' }),
    correct: (readings: Readings, corrected: Emotion | null) =>
      ask<Corrected>('/api/observations', { method: 'PATCH', body: { ...readings, corrected } }),
    deleteReadings: (readings: Readings) =>
      ask<Deleted>('/api/observations/deletions', { method: 'POST', body: readings }),
    deletePlay: (id: Play['id']) => ask<Deletion>(`/api/plays/${id}`, { method: 'DELETE' }),
    /** From `from` up to `to`; null: from the beginning, to the end. */
    deleteRange: (from: string | null, to: string | null) =>
      ask<Deleted>('/api/diary/deletions', { method: 'POST', body: { from, to } }),
    undo: (token: string) => ask<null>(`/api/undo/${token}`, { method: 'POST' }),
    /** One piece of a file, at most 1 MB. */
    importPiece: (contentType: string, text: string, timezone: string) =>
      ask<ImportResult>(`/api/import?${zoned(timezone)}`, {
        method: 'POST',
        body: text,
        contentType,
        timeoutMs: IMPORT_TIMEOUT_MS,
      }),
  };
}
