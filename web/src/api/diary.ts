/** The diary's part of docs/api.md: days, entries by hand, corrections, deletions, moving house. */
import type { Emotion, Label } from '../vision/types';
import type { Ask } from './client';
import type { Observation, Play } from './types';

type Id = number | string;

/** Seconds for each of the seven labels. */
export type Seconds = Record<Label, number>;

export interface DayObservation extends Observation {
  /** What the user says it was instead. */
  corrected: Emotion | null;
}

export interface DayPlay extends Play {
  /** What was seen around the song's end; null where too little was. */
  after: { emotion: Label | null; valence_change: number } | null;
}

export interface Entry {
  /** A UUID. */
  id: string;
  at: string;
  emotion: Emotion | null;
  /** -1..1 */
  valence: number | null;
  note: string | null;
  updated_at: string;
}

export type NewEntry = Pick<Entry, 'id' | 'at' | 'emotion' | 'note'>;

export interface Day {
  date: string;
  timezone: string;
  starts_at: string;
  ends_at: string;
  observations: DayObservation[];
  plays: DayPlay[];
  entries: Entry[];
  seconds: Seconds;
}

/** A deletion that can be taken back for ten minutes. */
export interface Deletion {
  undo: string;
}

export interface Deleted extends Deletion {
  deleted: { observations: number; plays: number; entries: number };
}

export interface ImportProblem {
  /** The line of a table, its header being 1; in an export "observations/0". */
  row: number | string;
  message: string;
}

export interface ImportResult {
  added: { observations: number; plays: number; entries: number };
  /** What was there already. */
  skipped: number;
  problems: ImportProblem[];
}

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
    correct: (id: string, corrected: Emotion | null) =>
      ask<DayObservation>(`/api/observations/${id}`, { method: 'PATCH', body: { corrected } }),
    deleteObservation: (id: string) =>
      ask<Deletion>(`/api/observations/${id}`, { method: 'DELETE' }),
    deletePlay: (id: Id) => ask<Deletion>(`/api/plays/${id}`, { method: 'DELETE' }),
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
