/** Days as cells: a month as a calendar, a year in pixels. Lengths are CSS pixels. */
import { daysOf, weekday } from '../state/periods';

export interface Cell {
  day: string;
  row: number;
  column: number;
  x: number;
  y: number;
}

/** What stands at the head of a row or a column; the words are the component's. */
export interface Head {
  of: 'weekday' | 'month' | 'date';
  /** 0 is Monday; 1 is January; 1 is the first of a month. */
  value: number;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

export interface DayGrid {
  width: number;
  height: number;
  cellWidth: number;
  cellHeight: number;
  /** Which way the next day lies. */
  along: 'row' | 'column';
  heads: Head[];
  cells: Cell[];
}

const GAP = 4;
const HEAD = 24;

/** Seven columns, Monday first; four to six rows. `month` is "2026-11". */
export function monthGrid(month: string, width: number): DayGrid {
  const first = `${month}-01`;
  const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));
  const days = daysOf({ from: first, to: next.toISOString().slice(0, 10) });
  const cellWidth = (width - 6 * GAP) / 7;
  const cellHeight = Math.min(84, Math.max(52, cellWidth));
  const offset = weekday(first);
  const cells = days.map((day, i): Cell => {
    const row = Math.floor((i + offset) / 7);
    const column = (i + offset) % 7;
    return {
      ...{ day, row, column },
      ...{ x: column * (cellWidth + GAP), y: HEAD + row * (cellHeight + GAP) },
    };
  });
  const heads = Array.from({ length: 7 }, (_, value): Head => {
    return {
      ...{ of: 'weekday', value, anchor: 'middle' },
      ...{ x: value * (cellWidth + GAP) + cellWidth / 2, y: HEAD - 9 },
    };
  });
  const rows = 1 + (cells.at(-1)?.row ?? 0);
  const height = HEAD + rows * (cellHeight + GAP) - GAP;
  return { width, height, cellWidth, cellHeight, along: 'row', heads, cells };
}

const PIXEL_GAP = 2;
const MONTH_NAMES = 40;
const DATE_NAMES = 24;
const WIDE = 620;
const LARGEST_PIXEL = 26;

/** Twelve rows of days where there is room, else twelve columns. `year` is "2026". */
export function yearGrid(year: string, width: number): DayGrid {
  const wide = width >= WIDE;
  const [across, down] = wide ? [31, 12] : [12, 31];
  const left = wide ? MONTH_NAMES : DATE_NAMES;
  const side = Math.min(LARGEST_PIXEL, (width - left) / across - PIXEL_GAP);
  const step = side + PIXEL_GAP;
  const cells = daysOf({ from: `${year}-01-01`, to: `${year}-12-31` }).map((day): Cell => {
    const [month, date] = [Number(day.slice(5, 7)) - 1, Number(day.slice(8)) - 1];
    const [row, column] = wide ? [month, date] : [date, month];
    return { day, row, column, x: left + column * step, y: HEAD + row * step };
  });
  const months = Array.from({ length: 12 }, (_, i): Head => {
    const name = { of: 'month', value: i + 1 } as const;
    return wide
      ? { ...name, x: left - 8, y: HEAD + i * step + side / 2 + 4, anchor: 'end' }
      : { ...name, x: left + i * step + side / 2, y: HEAD - 8, anchor: 'middle' };
  });
  const dates = [1, 5, 10, 15, 20, 25, 30].map((value): Head => {
    const at = (value - 1) * step + side / 2;
    return wide
      ? { of: 'date', value, x: left + at, y: HEAD - 8, anchor: 'middle' }
      : { of: 'date', value, x: left - 6, y: HEAD + at + 4, anchor: 'end' };
  });
  return {
    width: left + across * step,
    height: HEAD + down * step,
    cellWidth: side,
    cellHeight: side,
    along: wide ? 'row' : 'column',
    heads: [...months, ...dates],
    cells,
  };
}

export function rowsOf({ cells }: Pick<DayGrid, 'cells'>): Cell[][] {
  const rows: Cell[][] = [];
  for (const cell of cells) (rows[cell.row] ??= []).push(cell);
  return rows;
}

/** Where a key leads from a day; the day itself where it leads nowhere. */
export function dayByKey(grid: DayGrid, day: string, key: string): string {
  const index = grid.cells.findIndex((cell) => cell.day === day);
  const from = grid.cells[index];
  if (!from) return day;
  const beside = (by: number) => grid.cells[index + by]?.day;
  const across = (by: number) =>
    grid.cells.find(({ row, column }) =>
      grid.along === 'row'
        ? column === from.column && row === from.row + by
        : row === from.row && column === from.column + by,
    )?.day;
  const inLine = grid.cells.filter(({ row }) => row === from.row);
  const [back, on] = grid.along === 'row' ? [beside, across] : [across, beside];
  const targets: Record<string, string | undefined> = {
    ArrowLeft: back(-1),
    ArrowRight: back(1),
    ArrowUp: on(-1),
    ArrowDown: on(1),
    Home: inLine[0]?.day,
    End: inLine.at(-1)?.day,
  };
  return targets[key] ?? day;
}
