import type { Day } from '../api/diary';
import type { Observation } from '../api/types';
import { EMOTIONS, type Label } from '../vision/types';

export const LABELS: readonly Label[] = [...EMOTIONS, 'unsure'];
const BINS = 72;
const SHORTEST_SPAN_MS = 10 * 60_000;

interface Bin {
  startMs: number;
  endMs: number;
  /** Seconds per label that was seen in it. */
  seconds: Partial<Record<Label, number>>;
}

export interface DayChart {
  /** First and last moment that was looked at. */
  seenFromMs: number;
  seenToMs: number;
  /** What is drawn: at least ten minutes. */
  startMs: number;
  endMs: number;
  bins: Bin[];
}

/** The stretch of the day in which something was seen, cut into equal pieces. */
export function dayChart(observations: readonly Observation[]): DayChart | null {
  const spans = observations.map((o) => {
    const start = Date.parse(o.observed_at);
    return { label: o.emotion, start, end: start + o.duration_s * 1000 };
  });
  if (spans.length === 0) return null;
  const seenFromMs = Math.min(...spans.map((s) => s.start));
  const seenToMs = Math.max(...spans.map((s) => s.end));
  const startMs = seenFromMs;
  const endMs = Math.max(seenToMs, startMs + SHORTEST_SPAN_MS);
  const width = (endMs - startMs) / BINS;
  const bins: Bin[] = Array.from({ length: BINS }, (_, i) => ({
    startMs: startMs + i * width,
    endMs: startMs + (i + 1) * width,
    seconds: {},
  }));
  for (const span of spans) {
    for (const bin of bins) {
      const overlap = Math.min(span.end, bin.endMs) - Math.max(span.start, bin.startMs);
      if (overlap <= 0) continue;
      bin.seconds[span.label] = (bin.seconds[span.label] ?? 0) + overlap / 1000;
    }
  }
  return { seenFromMs, seenToMs, startMs, endMs, bins };
}

export interface Share {
  label: Label;
  seconds: number;
  /** Of all the time that was looked at. */
  share: number;
}

/** What was seen that day, most first. */
export function dayShares(seconds: Day['seconds']): Share[] {
  const total = LABELS.reduce((sum, label) => sum + (seconds[label] ?? 0), 0);
  if (total <= 0) return [];
  return LABELS.map((label) => ({
    label,
    seconds: seconds[label] ?? 0,
    share: (seconds[label] ?? 0) / total,
  }))
    .filter((share) => share.seconds > 0)
    .sort((a, b) => b.seconds - a.seconds);
}
