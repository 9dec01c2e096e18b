/** Cuts a file to import into pieces that the server takes at once; no DOM here. */

export interface Piece {
  contentType: 'application/json' | 'text/csv';
  text: string;
  /** Where a row of this piece is in the whole file. */
  place: (row: number | string) => number | string;
}

/** The server takes 1 MB; this leaves room. */
export const MOST_BYTES = 900_000;

/** The file is neither a table nor an export of ours. */
export class NotOurs extends Error {}

const FORMAT = 'today-feeling-export';

/** `choices`: an export's preferences and name come along, too. */
export function piecesOf(text: string, { mostBytes = MOST_BYTES, choices = false } = {}): Piece[] {
  const plain = text.replace(/^\uFEFF/, '');
  return plain.trimStart().startsWith('{')
    ? exportPieces(plain, mostBytes, choices)
    : tablePieces(plain, mostBytes);
}

function exportPieces(text: string, mostBytes: number, choices: boolean): Piece[] {
  const whole = parsed(text);
  if (whole.format !== FORMAT) throw new NotOurs();
  const lists = Object.entries(whole).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const head = { format: whole.format, version: whole.version };
  const { preferences, user } = whole;
  const chosen: Piece[] =
    choices && preferences !== undefined
      ? [
          {
            contentType: 'application/json',
            text: JSON.stringify({ ...head, preferences, user }),
            place: (row) => row,
          },
        ]
      : [];
  const records = lists.flatMap(([name, rows]) => {
    const sizes = rows.map((row) => bytes(JSON.stringify(row)) + 1);
    return cuts(sizes, mostBytes).map(([from, to]): Piece => {
      return {
        contentType: 'application/json',
        text: JSON.stringify({ ...head, [name]: rows.slice(from, to) }),
        place: (row) => {
          const [list, index] = String(row).split('/');
          return index === undefined ? row : `${list}/${Number(index) + from}`;
        },
      };
    });
  });
  return [...chosen, ...records];
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function tablePieces(text: string, mostBytes: number): Piece[] {
  const [header, ...rows] = rowsOf(text);
  if (!header || !header.includes(',')) throw new NotOurs();
  const sizes = rows.map((row) => bytes(row) + 2);
  return cuts(sizes, mostBytes - bytes(header)).map(([from, to]): Piece => {
    return {
      contentType: 'text/csv',
      text: [header, ...rows.slice(from, to), ''].join('\r\n'),
      place: (row) => (typeof row === 'number' && row > 1 ? row + from : row),
    };
  });
}

/** Rows of a CSV as they are written: a line break between quotes is none. */
function rowsOf(text: string): string[] {
  const rows: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= text.length; i += 1) {
    const sign = text[i];
    if (sign === '"') quoted = !quoted;
    if (i < text.length && (sign !== '\n' || quoted)) continue;
    rows.push(text.slice(start, i).replace(/\r$/, ''));
    start = i + 1;
  }
  while (rows.at(-1) === '') rows.pop();
  return rows;
}

/** Spans `[from, to)` whose sizes together stay within `most`; one that is larger stands alone. */
function cuts(sizes: readonly number[], most: number): [from: number, to: number][] {
  const spans: [number, number][] = [];
  let [from, sum] = [0, 0];
  sizes.forEach((size, i) => {
    if (i > from && sum + size > most) {
      spans.push([from, i]);
      [from, sum] = [i, 0];
    }
    sum += size;
  });
  if (from < sizes.length) spans.push([from, sizes.length]);
  return spans;
}

const encoder = new TextEncoder();

function bytes(text: string): number {
  return encoder.encode(text).length;
}
