import { describe, expect, it } from 'vitest';
import { dayByKey, monthGrid, yearGrid } from './grid';

const at = (grid: ReturnType<typeof monthGrid>, day: string) =>
  grid.cells.find((cell) => cell.day === day);

describe('the calendar of a month', () => {
  it('has each day once, under its weekday', () => {
    const november = monthGrid('2026-11', 700);
    expect(november.cells).toHaveLength(30);
    expect(at(november, '2026-11-01')).toMatchObject({ row: 0, column: 6 });
    expect(at(november, '2026-11-02')).toMatchObject({ row: 1, column: 0 });
    expect(at(november, '2026-11-30')).toMatchObject({ row: 5, column: 0 });
    expect(monthGrid('2024-02', 700).cells).toHaveLength(29);
  });

  it.each([328, 1200])('fits into %d px, in cells that a finger can hit', (width) => {
    const grid = monthGrid('2026-11', width);
    for (const { x, y } of grid.cells) {
      expect(x + grid.cellWidth).toBeLessThanOrEqual(width + 0.01);
      expect(y + grid.cellHeight).toBeLessThanOrEqual(grid.height + 0.01);
    }
    expect(Math.min(grid.cellWidth, grid.cellHeight)).toBeGreaterThanOrEqual(43);
  });

  it.each([
    ['ArrowRight', '2026-11-16'],
    ['ArrowLeft', '2026-11-14'],
    ['ArrowUp', '2026-11-08'],
    ['ArrowDown', '2026-11-22'],
    ['Home', '2026-11-09'],
    ['End', '2026-11-15'],
    ['a', '2026-11-15'],
  ])('%s leads from Sunday the 15th to %s', (key, day) => {
    expect(dayByKey(monthGrid('2026-11', 700), '2026-11-15', key)).toBe(day);
  });

  it('has an end in every direction', () => {
    const grid = monthGrid('2026-11', 700);
    expect(dayByKey(grid, '2026-11-01', 'ArrowLeft')).toBe('2026-11-01');
    expect(dayByKey(grid, '2026-11-30', 'ArrowDown')).toBe('2026-11-30');
  });
});

describe('a year in pixels', () => {
  it('has a row for each month where there is room, else a column', () => {
    expect(at(yearGrid('2026', 900), '2026-03-05')).toMatchObject({ row: 2, column: 4 });
    expect(at(yearGrid('2026', 320), '2026-03-05')).toMatchObject({ row: 4, column: 2 });
    expect(yearGrid('2024', 900).cells).toHaveLength(366);
  });

  it.each([320, 619, 620, 1200])('fits into %d px', (width) => {
    expect(yearGrid('2026', width).width).toBeLessThanOrEqual(width + 0.01);
  });

  it('goes on to the next day along its lines, and to the next month across', () => {
    const [wide, narrow] = [yearGrid('2026', 900), yearGrid('2026', 320)];
    expect(dayByKey(wide, '2026-01-31', 'ArrowRight')).toBe('2026-02-01');
    expect(dayByKey(wide, '2026-01-31', 'ArrowDown')).toBe('2026-01-31');
    expect(dayByKey(wide, '2026-01-05', 'ArrowDown')).toBe('2026-02-05');
    expect(dayByKey(narrow, '2026-01-05', 'ArrowDown')).toBe('2026-01-06');
    expect(dayByKey(narrow, '2026-01-05', 'ArrowRight')).toBe('2026-02-05');
    expect(dayByKey(narrow, '2026-01-05', 'End')).toBe('2026-12-05');
  });
});
