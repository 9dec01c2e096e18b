import { describe, expect, it } from 'vitest';
import type { DayObservation } from '../api/diary';
import type { Emotion, Label } from '../vision/types';
import { readingSpans, spanToAsk } from './readings';

function reading(time: string, emotion: Label, corrected: Emotion | null = null): DayObservation {
  return {
    ...{ id: time, observed_at: `2026-03-01T${time}Z`, duration_s: 10, emotion, corrected },
    ...{ probabilities: null, unsure_share: 0 },
  };
}

describe('spans of readings', () => {
  it('are of one expression, one after the other', () => {
    const spans = readingSpans([
      reading('09:00:00', 'happiness'),
      reading('09:00:10', 'happiness'),
      reading('09:00:20', 'fear'),
      reading('09:00:30', 'happiness'),
    ]);
    expect(spans.map(({ label, seconds }) => [label, seconds])).toEqual([
      ['happiness', 20],
      ['fear', 10],
      ['happiness', 10],
    ]);
    expect((spans[0]?.toMs ?? 0) - (spans[0]?.fromMs ?? 0)).toBe(20_000);
  });

  it('end where nobody was seen for more than a minute', () => {
    const spans = readingSpans([reading('09:00:00', 'fear'), reading('09:01:11', 'fear')]);
    expect(spans).toHaveLength(2);
    expect(readingSpans([reading('09:00:00', 'fear'), reading('09:01:10', 'fear')])).toHaveLength(
      1,
    );
  });

  it('last five minutes at most', () => {
    const minutes = Array.from({ length: 60 }, (_, i) =>
      reading(`09:${String(Math.floor(i / 6)).padStart(2, '0')}:${i % 6}0`, 'neutral'),
    );
    expect(readingSpans(minutes).map(({ seconds }) => seconds)).toEqual([300, 300]);
  });

  it('go by what their user says, and keep apart what was read otherwise', () => {
    const spans = readingSpans([
      reading('09:00:00', 'anger', 'neutral'),
      reading('09:00:10', 'neutral'),
      reading('09:00:20', 'neutral', 'neutral'),
    ]);
    expect(spans.map(({ label, read }) => [label, read])).toEqual([
      ['neutral', 'anger'],
      ['neutral', null],
    ]);
  });

  it('are asked for from the first to the last, which began a millisecond before the end', () => {
    const [span] = readingSpans([
      reading('09:00:00.123456', 'fear', 'anger'),
      reading('09:00:10.5', 'fear', 'anger'),
    ]);
    expect(span && spanToAsk(span)).toEqual({
      from: '2026-03-01T09:00:00.123456Z',
      to: '2026-03-01T09:00:10.501Z',
      shown: 'anger',
    });
  });
});
