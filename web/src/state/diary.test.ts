import { describe, expect, it } from 'vitest';
import type { DiaryApi } from '../api/diary';
import { ApiError } from '../api/errors';
import { DiaryStore } from './diary.svelte';
import { Importer } from './importer.svelte';
import { Toasts } from './toasts.svelte';

type Calls = [name: string, ...args: unknown[]][];

/** A server that takes everything, but what `refuse` says. */
function world(refuse: (name: string, args: unknown[]) => Error | null = () => null) {
  const calls: Calls = [];
  const answer = (name: string, args: unknown[]) => {
    const error = refuse(name, args);
    if (error) throw error;
    const deleted = { observations: 2, plays: 1, entries: 0 };
    return { undo: 'the token', deleted };
  };
  const api = new Proxy({} as DiaryApi, {
    get:
      (_, name: string) =>
      async (...args: unknown[]) => {
        calls.push([name, ...args]);
        return answer(name, args);
      },
  });
  const toasts = new Toasts();
  const t = (key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key);
  const diary = new DiaryStore(api, toasts, { t: t as never }, () => 'new-id');
  return { calls, toasts, diary };
}

const READINGS = { from: 'a', to: 'b', shown: 'fear' } as const;

describe('the diary', () => {
  it('saves a new entry under an id of its own, and a changed one under its old', async () => {
    const { calls, diary, toasts } = world();
    const entry = { at: '2026-03-01T09:00:00Z', emotion: null, note: 'x' };
    expect(await diary.save(entry)).toBe(true);
    expect(await diary.save(entry, 'old-id')).toBe(true);
    expect(calls).toEqual([
      ['addEntry', { ...entry, id: 'new-id' }],
      ['changeEntry', 'old-id', entry],
    ]);
    expect(toasts.current?.text).toBe('toast.saved');
    expect(diary.version).toBe(2);
  });

  it('deletes readings, and brings every one of them back', async () => {
    const { calls, diary, toasts } = world();
    await diary.deleteReadings(READINGS);
    expect(toasts.current?.text).toBe('toast.deleted.observations');
    await toasts.current?.undo?.();
    expect(calls).toEqual([
      ['deleteReadings', READINGS],
      ['undo', 'the token'],
    ]);
    expect(toasts.current?.text).toBe('toast.undone');
    expect(diary.version).toBe(2);
  });

  it('corrects readings, and undoing gives each what it had', async () => {
    const { calls, diary, toasts } = world();
    await diary.correct(READINGS, 'neutral');
    expect(toasts.current?.text).toBe('toast.corrected');
    await toasts.current?.undo?.();
    expect(calls).toEqual([
      ['correct', READINGS, 'neutral'],
      ['undo', 'the token'],
    ]);
  });

  it('tells what a deletion of a range took', async () => {
    const { diary, toasts } = world();
    await diary.deleteRange(null, null);
    expect(toasts.current?.text).toContain('"observations":2,"plays":1');
    expect(toasts.current?.undo).toBeDefined();
  });

  it('says that something failed, or that it is too late to undo', async () => {
    const gone = world(() => new ApiError(410, 'undo_expired', ''));
    expect(await gone.diary.deletePlay(1)).toBe(false);
    expect(gone.toasts.current?.text).toBe('toast.tooLate');
    const broken = world(() => new TypeError('no net'));
    expect(await broken.diary.save({ at: '', emotion: 'fear', note: null })).toBe(false);
    expect(broken.toasts.current?.text).toBe('toast.failed');
  });
});

describe('an import', () => {
  const header = 'full_date,time,mood';
  const file = (text: string) => ({ text: async () => text });
  const said = {
    added: { observations: 0, plays: 0, entries: 1 },
    ...{ skipped: 2, problems: [{ row: 2, message: 'no such mood' }] },
  };

  it('adds up what every piece came to', async () => {
    const seen: string[] = [];
    const importer = new Importer(
      {
        importPiece: async (_, text, zone) => {
          seen.push(zone);
          return { ...said, skipped: text.length > 0 ? 2 : 0 };
        },
      },
      () => 'Asia/Seoul',
    );
    const rows = Array.from({ length: 60_000 }, (_, i) => `2026-03-01,09:00,mood number ${i}`);
    await importer.take(file([header, ...rows].join('\n')));
    expect(importer.state).toBe('done');
    expect(importer.progress).toBe(1);
    expect(seen.length).toBeGreaterThan(1);
    expect(importer.result.added.entries).toBe(seen.length);
    expect(importer.result.skipped).toBe(2 * seen.length);
    const [first, second] = importer.result.problems.map(({ row }) => Number(row));
    expect(first).toBe(2);
    expect(second).toBeGreaterThan(10_000);
  });

  it.each([
    ['notOurs', 'nothing of ours', null],
    ['refused', header + '\n1,2,3', new ApiError(422, 'invalid_input', '')],
    ['interrupted', header + '\n1,2,3', new ApiError(500, 'internal_error', '')],
  ])('%s', async (state, text, error) => {
    const importer = new Importer(
      {
        importPiece: async () => {
          if (error) throw error;
          return said;
        },
      },
      () => 'UTC',
    );
    await importer.take(file(text));
    expect(importer.state).toBe(state);
  });
});
