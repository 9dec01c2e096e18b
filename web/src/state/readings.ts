import type { DayObservation, Readings } from '../api/diary';
import type { Label } from '../vision/types';

/** Readings of one kind, one after the other. */
export interface ReadingSpan {
  /** What it counts as: as corrected, else as read. */
  label: Label;
  /** What was read, where its user says otherwise. */
  read: Label | null;
  fromMs: number;
  toMs: number;
  /** That was looked at, without gaps. */
  seconds: number;
  observations: DayObservation[];
}

const LONGEST_GAP_MS = 60_000;
/** One tap corrects one span, so it must not swallow an hour. */
const LONGEST_SPAN_MS = 300_000;

/** `observations` in order of time. */
export function readingSpans(observations: readonly DayObservation[]): ReadingSpan[] {
  const spans: ReadingSpan[] = [];
  for (const one of observations) {
    const span = spanOf(one);
    const last = spans.at(-1);
    const goesOn =
      last !== undefined &&
      last.label === span.label &&
      last.read === span.read &&
      span.fromMs - last.toMs <= LONGEST_GAP_MS &&
      span.toMs - last.fromMs <= LONGEST_SPAN_MS;
    if (goesOn) {
      last.toMs = span.toMs;
      last.seconds += one.duration_s;
      last.observations.push(one);
    } else {
      spans.push(span);
    }
  }
  return spans;
}

/** The same readings, as the server is asked to change them. */
export function spanToAsk({ label, observations }: ReadingSpan): Readings {
  const began = observations.map(({ observed_at }) => observed_at);
  return {
    from: began[0] ?? '',
    // The end is excluded, and the server's clock is finer than ours.
    to: new Date(Date.parse(began.at(-1) ?? '') + 1).toISOString(),
    shown: label,
  };
}

export function spanOf(one: DayObservation): ReadingSpan {
  const fromMs = Date.parse(one.observed_at);
  return {
    label: one.corrected ?? one.emotion,
    read: one.corrected && one.corrected !== one.emotion ? one.emotion : null,
    fromMs,
    toMs: fromMs + one.duration_s * 1000,
    seconds: one.duration_s,
    observations: [one],
  };
}
