import { describe, expect, it } from 'vitest';
import type { Observation } from '../api/types';
import type { Label } from '../vision/types';
import { dayChart, dayShares } from './day-chart';

function seen(time: string, seconds: number, emotion: Label): Observation {
  return {
    id: time,
    observed_at: `2026-03-01T${time}Z`,
    duration_s: seconds,
    emotion,
    probabilities: null,
    unsure_share: 0,
  };
}

describe('the chart of a day', () => {
  it('is not there when nothing was seen', () => {
    expect(dayChart([])).toBeNull();
  });

  it('covers what was seen, every second once', () => {
    const chart = dayChart([seen('09:00:00', 600, 'sadness'), seen('11:00:00', 1200, 'happiness')]);
    expect(chart?.startMs).toBe(Date.parse('2026-03-01T09:00:00Z'));
    expect(chart?.endMs).toBe(Date.parse('2026-03-01T11:20:00Z'));
    const total = (label: Label) =>
      chart?.bins.reduce((sum, bin) => sum + (bin.seconds[label] ?? 0), 0);
    expect(total('sadness')).toBeCloseTo(600);
    expect(total('happiness')).toBeCloseTo(1200);
    expect(chart?.bins.some((bin) => Object.keys(bin.seconds).length === 0)).toBe(true);
  });

  it('of a minute is drawn on ten, and tells when it really was', () => {
    const chart = dayChart([seen('09:00:00', 60, 'neutral')]);
    expect((chart?.endMs ?? 0) - (chart?.startMs ?? 0)).toBe(600_000);
    expect(chart?.seenToMs).toBe(Date.parse('2026-03-01T09:01:00Z'));
  });
});

describe('the shares of a day', () => {
  const none = { anger: 0, fear: 0, happiness: 0, neutral: 0, sadness: 0, surprise: 0, unsure: 0 };

  it('are empty for an empty day', () => {
    expect(dayShares(none)).toEqual([]);
  });

  it('come with the largest first, and without what was not seen', () => {
    const shares = dayShares({ ...none, neutral: 30, happiness: 60, unsure: 10 });
    expect(shares.map(({ label }) => label)).toEqual(['happiness', 'neutral', 'unsure']);
    expect(shares[0]?.share).toBeCloseTo(0.6);
  });
});
