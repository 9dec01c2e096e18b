import { describe, expect, it } from 'vitest';
import { legendPlaces } from './png';

describe('the legend of a picture', () => {
  it('begins a new row where an item would reach over the edge', () => {
    expect(legendPlaces([100, 100, 100, 250, 60], 250)).toEqual([
      { x: 0, row: 0 },
      { x: 100, row: 0 },
      { x: 0, row: 1 },
      { x: 0, row: 2 },
      { x: 0, row: 3 },
    ]);
    expect(legendPlaces([], 100)).toEqual([]);
  });
});
