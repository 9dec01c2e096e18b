import { describe, expect, it } from 'vitest';
import { NotOurs, piecesOf } from './import-pieces';

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('a table to import', () => {
  const header = 'full_date,date,weekday,time,mood,activities,note_title,note';
  const row = (note: string) => `2026-11-23,23 Nov,Monday,09:00,good,"a | b","","${note}"`;

  it('that is small goes as it is', () => {
    const [piece, ...more] = piecesOf(`\uFEFF${header}\n${row('one')}\n${row('two')}\n`);
    expect(more).toEqual([]);
    expect(piece?.contentType).toBe('text/csv');
    expect(piece?.text).toBe(`${header}\r\n${row('one')}\r\n${row('two')}\r\n`);
  });

  it('that is large is cut between rows, under the same header, and knows its lines', () => {
    const notes = Array.from({ length: 40 }, (_, i) => `기쁜 날 ${i},\nand "" a second line`);
    const pieces = piecesOf([header, ...notes.map(row)].join('\r\n'), { mostBytes: 500 });
    expect(pieces.length).toBeGreaterThan(5);
    for (const { text } of pieces) expect(bytes(text)).toBeLessThanOrEqual(510);
    const rows = pieces.flatMap(({ text }) => text.slice(header.length + 2, -2).split(/\r\n/));
    expect(rows).toEqual(notes.map(row));
    const second = (pieces[0]?.text.match(/full_date|2026/g)?.length ?? 0) + 1;
    expect(pieces[1]?.place(2)).toBe(second);
    expect(pieces[1]?.place(1)).toBe(1);
  });
});

describe('an export of ours to import', () => {
  const head = { format: 'today-feeling-export', version: 1 };

  it('is cut into whole documents, each of one list', () => {
    const entries = Array.from({ length: 30 }, (_, i) => ({ id: i, note: '안녕' }));
    const whole = { ...head, exported_at: 'x', user: { name: 'y' }, plays: [], entries };
    const pieces = piecesOf(JSON.stringify(whole), { mostBytes: 200 });
    const documents = pieces.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    expect(documents.every((one) => one.format === head.format && one.version === 1)).toBe(true);
    expect(documents.flatMap((one) => one.entries)).toEqual(entries);
    expect(documents.some((one) => 'user' in one)).toBe(false);
    const first = (documents[0]?.entries as unknown[]).length;
    expect(pieces[1]?.place('entries/0')).toBe(`entries/${first}`);
  });

  it('brings preferences and name along first, where they are wanted', () => {
    const [user, preferences] = [{ name: 'y' }, { explicit: true }];
    const whole = JSON.stringify({ ...head, user, preferences, entries: [{ id: 1 }] });
    const sent = (choices: boolean) =>
      piecesOf(whole, { choices }).map(({ text }) => JSON.parse(text) as unknown);
    expect(sent(true)).toEqual([
      { ...head, preferences, user },
      { ...head, entries: [{ id: 1 }] },
    ]);
    expect(sent(false)).toEqual([{ ...head, entries: [{ id: 1 }] }]);
  });

  it.each(['{}', '{"format": "other"}', '{broken', 'just a text', ''])('%j is none', (text) => {
    expect(() => piecesOf(text)).toThrow(NotOurs);
  });
});
