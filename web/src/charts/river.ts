/** Emotions over time as a river: as wide as there was something to see. Lengths are CSS pixels. */
import { area, curveMonotoneX, stack, stackOffsetSilhouette } from 'd3-shape';
import type { Seconds } from '../api/diary';
import type { Label } from '../vision/types';
import { LIGHT_TO_HEAVY, totalOf } from './shares';

export type Bucket = Partial<Seconds>;

/** Equal pieces of time, one after the other. */
export interface Stretch {
  startMs: number;
  bucketMs: number;
  buckets: readonly Bucket[];
}

export interface Layer {
  label: Label;
  /** For the `d` of a `<path>`. */
  path: string;
  /** Room for a face where the layer is at its widest, null where there is too little. */
  face: { x: number; y: number; size: number } | null;
}

interface Edge {
  x: number;
  upper: number;
  lower: number;
}

const LEAST_FACE = 14;
const LARGEST_FACE = 30;

/** Light on top, heavy at the bottom. Layers without a second are left out. */
export function riverLayers(buckets: readonly Bucket[], width: number, height: number): Layer[] {
  const widest = Math.max(...buckets.map(totalOf), 0);
  if (widest <= 0) return [];
  const step = width / buckets.length;
  const y = (value: number) => height / 2 - (value / widest) * height;
  const layers = stack<unknown, Bucket, Label>()
    // A stack grows upwards from its first key.
    .keys(LIGHT_TO_HEAVY.filter((label) => buckets.some((one) => (one[label] ?? 0) > 0)).reverse())
    .value((bucket, label) => bucket[label] ?? 0)
    .offset(stackOffsetSilhouette)(buckets);
  const outline = area<Edge>()
    .x(({ x }) => x)
    .y0(({ lower }) => lower)
    .y1(({ upper }) => upper)
    .curve(curveMonotoneX);
  return layers.reverse().map((layer) => {
    const edges = layer.map(([low, high], i): Edge => {
      return { x: (i + 0.5) * step, lower: y(low), upper: y(high) };
    });
    const [first, last] = [edges[0], edges.at(-1)];
    const ends = first && last ? [{ ...first, x: 0 }, ...edges, { ...last, x: width }] : edges;
    return { label: layer.key, path: outline(ends) ?? '', face: roomiest(edges, step) };
  });
}

function roomiest(edges: readonly Edge[], step: number): Layer['face'] {
  const room = (i: number) => {
    const edge = edges[i];
    return edge ? edge.lower - edge.upper : 0;
  };
  // Not the very widest place, but one with width on both sides.
  const around = (i: number) =>
    room(i - 2) + 2 * room(i - 1) + 3 * room(i) + 2 * room(i + 1) + room(i + 2);
  const scores = edges.map((_, i) => around(i));
  const highest = Math.max(...scores);
  const widest = scores.flatMap((score, i) => (score > highest * 0.99 ? [i] : []));
  const best = widest[Math.floor(widest.length / 2)] ?? 0;
  const edge = edges[best];
  if (!edge) return null;
  const size = Math.min(LARGEST_FACE, 0.8 * room(best), 4 * step);
  if (size < LEAST_FACE) return null;
  const most = edges.length * step - size / 2;
  const x = Math.max(size / 2, Math.min(edge.x, most));
  return { x, y: (edge.lower + edge.upper) / 2, size };
}

interface Seen {
  observed_at: string;
  duration_s: number;
  unsure_share: number;
  emotion: Label;
  corrected: Label | null;
}

/** Neither blocks nor noise. */
const BUCKETS = 96;
const SHORTEST_MS = 600_000;
/** Water on either side, as a part of the whole. */
const BANKS = 0.03;

/**
 * The part of a day in which something was seen or happened, told as the server tells a timeline.
 * Null where nothing did.
 */
export function stretchOf(seen: readonly Seen[], marksMs: readonly number[]): Stretch | null {
  const ends = seen.map((one) => Date.parse(one.observed_at) + one.duration_s * 1000);
  const moments = [...seen.map((one) => Date.parse(one.observed_at)), ...ends, ...marksMs];
  if (moments.length === 0) return null;
  // One by one: a day has too many for the arguments of a call.
  const [first, last] = moments.reduce(
    ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
    [Infinity, -Infinity],
  );
  const banks = Math.max(BANKS * (last - first), (SHORTEST_MS - (last - first)) / 2);
  const [fromMs, toMs] = [first - banks, last + banks];
  const bucketMs = (toMs - fromMs) / BUCKETS;
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({}));
  const add = (bucket: Bucket, label: Label, ms: number) => {
    if (ms > 0) bucket[label] = (bucket[label] ?? 0) + ms / 1000;
  };
  for (const one of seen) {
    const start = Date.parse(one.observed_at);
    const end = start + one.duration_s * 1000;
    // What its user has said was no guess.
    const unsure = one.corrected ? 0 : one.unsure_share;
    const first = Math.max(0, Math.floor((start - fromMs) / bucketMs));
    const last = Math.min(BUCKETS - 1, Math.floor((end - fromMs) / bucketMs));
    for (let i = first; i <= last; i += 1) {
      const bucket = buckets[i];
      const left = fromMs + i * bucketMs;
      const overlap = Math.min(end, left + bucketMs) - Math.max(start, left);
      if (!bucket || overlap <= 0) continue;
      add(bucket, 'unsure', overlap * unsure);
      add(bucket, one.corrected ?? one.emotion, overlap * (1 - unsure));
    }
  }
  return { startMs: fromMs, bucketMs, buckets };
}
