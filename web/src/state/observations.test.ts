import { describe, expect, it } from 'vitest';
import type { Observation } from '../api/types';
import type { Label } from '../vision/types';
import { ObservationFolder } from './observations';

const HAPPY = [0, 0, 1, 0, 0, 0];
const SAD = [0, 0, 0, 0, 1, 0];
const START_MS = Date.parse('2026-03-01T09:00:00Z');

function fold(readings: [timeS: number, label: Label, probabilities: number[] | null][]) {
  const folded: Observation[] = [];
  let now = 0;
  let ids = 0;
  const folder = new ObservationFolder(
    (observation) => folded.push(observation),
    () => START_MS + now * 1000,
    () => `id-${++ids}`,
  );
  for (const [timeS, label, probabilities] of readings) {
    now = timeS;
    folder.push({ timeS, label, probabilities });
  }
  folder.end();
  return folded;
}

function every(
  stepS: number,
  fromS: number,
  toS: number,
  label: Label,
  probabilities: number[] | null,
) {
  const count = Math.round((toS - fromS) / stepS);
  return Array.from({ length: count }, (_, i): [number, Label, number[] | null] => [
    fromS + i * stepS,
    label,
    probabilities,
  ]);
}

describe('folding readings', () => {
  it('gives one observation for ten seconds, with its start and length', () => {
    const [first, ...rest] = fold(every(0.1, 0, 10.2, 'happiness', HAPPY));
    expect(first).toMatchObject({
      id: 'id-1',
      observed_at: '2026-03-01T09:00:00.000Z',
      emotion: 'happiness',
      probabilities: HAPPY,
      unsure_share: 0,
    });
    expect(first?.duration_s).toBeCloseTo(10, 0);
    expect(rest).toEqual([]);
  });

  it('weighs by time and not by frame', () => {
    const [first] = fold([
      ...every(0.1, 0, 4, 'sadness', SAD),
      ...every(1, 4, 11, 'happiness', HAPPY),
    ]);
    expect(first?.emotion).toBe('happiness');
    expect(first?.probabilities?.[2]).toBeCloseTo(0.6, 1);
    expect(first?.probabilities?.[4]).toBeCloseTo(0.4, 1);
  });

  it('counts the share in which it was unsure, also without a face', () => {
    const [first] = fold([
      ...every(0.5, 0, 5, 'happiness', HAPPY),
      ...every(0.5, 5, 11, 'unsure', null),
    ]);
    expect(first?.unsure_share).toBeCloseTo(0.5);
    expect(first?.probabilities).toEqual(HAPPY);
  });

  it('of an empty chair has no probabilities', () => {
    expect(fold(every(0.5, 0, 11, 'unsure', null))[0]).toMatchObject({
      emotion: 'unsure',
      probabilities: null,
      unsure_share: 1,
    });
  });

  it('hands out what it has when the camera stops, unless it is next to nothing', () => {
    expect(fold(every(0.5, 0, 4, 'neutral', HAPPY))).toHaveLength(1);
    expect(fold(every(0.1, 0, 0.5, 'neutral', HAPPY))).toHaveLength(0);
  });

  it('never counts the time of a gap', () => {
    const folded = fold([
      ...every(0.5, 0, 4, 'neutral', HAPPY),
      ...every(0.5, 3600, 3604, 'sadness', SAD),
    ]);
    expect(folded.map(({ emotion }) => emotion)).toEqual(['neutral', 'sadness']);
    expect(folded.every(({ duration_s }) => duration_s < 5)).toBe(true);
  });

  it('stays far below the size limit of a request', () => {
    const third = 1 / 3;
    const folded = fold(every(0.1, 0, 200.5, 'fear', [third, third, third, 0, 0, 0]));
    expect(folded.length).toBe(20);
    expect(JSON.stringify({ observations: folded }).length).toBeLessThan(8192);
  });
});

describe('a clock that is not to be trusted', () => {
  /** Looks once a second; `wall` says what the device's clock shows then, seconds after the start. */
  function under(wall: (timeS: number) => number, times: number[]) {
    const folded: Observation[] = [];
    let timeS = 0;
    const folder = new ObservationFolder(
      (observation) => folded.push(observation),
      () => START_MS + wall(timeS) * 1000,
    );
    for (timeS of times) folder.push({ timeS, label: 'happiness', probabilities: HAPPY });
    folder.end();
    return folded;
  }
  const seconds = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => from + index);
  const starts = (folded: Observation[]) =>
    folded.map(({ observed_at }) => (Date.parse(observed_at) - START_MS) / 1000);

  it.each([
    ['forward', 3600],
    ['back', -3600],
  ])('jumps an hour %s: no observation is longer or shorter for it', (_, jumpS) => {
    const folded = under((timeS) => (timeS < 15 ? timeS : timeS + jumpS), seconds(0, 41));
    expect(folded.map(({ duration_s }) => duration_s)).toEqual([10, 10, 10, 10]);
    expect(starts(folded)).toEqual([0, 10, 20 + jumpS, 30 + jumpS]);
  });

  it('goes on while the laptop sleeps: the night belongs to nothing', () => {
    const night = 8 * 3600;
    const folded = under((timeS) => timeS, [...seconds(0, 6), ...seconds(night, night + 11)]);
    expect(folded.map(({ duration_s }) => duration_s)).toEqual([5, 10]);
    expect(starts(folded)).toEqual([0, night]);
  });

  it('stands still while the laptop sleeps: what was seen before and after is told as it was', () => {
    const sleptS = 8 * 3600;
    const folded = under((timeS) => (timeS < 6 ? timeS : timeS + sleptS), seconds(0, 16));
    expect(folded.reduce((sum, { duration_s }) => sum + duration_s, 0)).toBe(15);
  });
});
