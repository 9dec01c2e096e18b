import { describe, expect, it } from 'vitest';
import { LABELS, LIGHT_TO_HEAVY, sharesOf, sumOf, totalOf } from './shares';

describe('shares', () => {
  it('of nothing are none', () => {
    expect(sharesOf({})).toEqual([]);
    expect(sharesOf({ anger: 0 })).toEqual([]);
  });

  it('come with the largest first, without what was not seen, and make one together', () => {
    const shares = sharesOf({ neutral: 30, happiness: 60, unsure: 10, fear: 0 });
    expect(shares.map(({ label }) => label)).toEqual(['happiness', 'neutral', 'unsure']);
    expect(shares[0]).toEqual({ label: 'happiness', seconds: 60, share: 0.6 });
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('are of the sum of parts', () => {
    const sum = sumOf([{ anger: 1 }, { anger: 2, fear: 3 }]);
    expect(sum).toMatchObject({ anger: 3, fear: 3, unsure: 0 });
    expect(totalOf(sum)).toBe(6);
  });

  it('have each label once in the order of drawing', () => {
    expect([...LIGHT_TO_HEAVY].sort()).toEqual([...LABELS].sort());
  });
});
