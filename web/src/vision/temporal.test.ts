import { describe, expect, it } from 'vitest';
import golden from '../../../tests/golden/temporal.json';
import { TemporalFilter, type TemporalParameters } from './temporal';
import type { Mood, Probabilities } from './types';

/** `tick_s` -> `tickS`, as the two languages spell their names. */
function camel(parameters: Record<string, number>): TemporalParameters {
  const entries = Object.entries(parameters).map(([name, value]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as TemporalParameters;
}

interface Expected {
  after_sample: number;
  time_s: number;
  emotion: string;
  reason: string | null;
  confidence: number;
  probabilities: number[] | null;
  since_s: number;
}

function expectMood(mood: Mood, expected: Expected): void {
  expect(mood.label).toBe(expected.emotion);
  expect(mood.reason).toBe(expected.reason);
  expect(mood.timeS).toBeCloseTo(expected.time_s, 9);
  expect(mood.sinceS).toBeCloseTo(expected.since_s, 9);
  expect(mood.confidence).toBeCloseTo(expected.confidence, 9);
  if (!expected.probabilities) expect(mood.probabilities).toBeNull();
  expected.probabilities?.forEach((value, index) =>
    expect(mood.probabilities?.[index]).toBeCloseTo(value, 9),
  );
}

describe('the temporal rule', () => {
  it.each(golden.sequences)('$name', ({ parameters, samples, states }) => {
    const filter = new TemporalFilter(camel(parameters));
    const moods = (samples as [number, Probabilities | null][]).map(([timeS, probabilities]) =>
      filter.push(timeS, probabilities),
    );
    for (const state of states as Expected[]) {
      expectMood(moods[state.after_sample] as Mood, state);
    }
  });

  it.each(golden.invalid)('refuses $name', ({ probabilities }) => {
    const filter = new TemporalFilter({ unsureBelow: 0.4 });
    expect(() => filter.push(0, probabilities)).toThrow(RangeError);
  });

  it('refuses what is not a number', () => {
    const filter = new TemporalFilter({ unsureBelow: 0.4 });
    expect(() => filter.push(0, [NaN, 0.2, 0.2, 0.2, 0.2, 0.2])).toThrow(RangeError);
    expect(() => filter.push(NaN, null)).toThrow(RangeError);
  });

  it('starts anew for another face', () => {
    const filter = new TemporalFilter({ unsureBelow: 0.5 });
    const happy = [0, 0, 1, 0, 0, 0];
    let mood = filter.state;
    for (let tick = 0; tick < 20; tick += 1) mood = filter.push(tick / 10, happy);
    expect(mood.label).toBe('happiness');
    filter.forget();
    expect(filter.state.label).toBe('happiness');
    expect(filter.push(2, happy)).toMatchObject({ label: 'unsure', reason: 'starting', sinceS: 2 });
  });
});
