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
  const room = ({ lower, upper }: Edge) => lower - upper;
  const widest = edges.reduce((most, edge) => (room(edge) > room(most) ? edge : most));
  // A face must not reach over the banks: neither up and down, nor far into its neighbours.
  const size = Math.min(LARGEST_FACE, 0.8 * room(widest), 4 * step);
  if (size < LEAST_FACE) return null;
  const [from, to] = [edges[0]?.x ?? 0, edges.at(-1)?.x ?? 0];
  const x = Math.min(Math.max(widest.x, from + size / 2), Math.max(to - size / 2, from + size / 2));
  return { x, y: (widest.lower + widest.upper) / 2, size };
}

/**
 * The part in which something was seen or happened, with a bucket of water on either side.
 * Null where nothing did.
 */
export function croppedStretch(stretch: Stretch, marksMs: readonly number[]): Stretch | null {
  const { startMs, bucketMs, buckets } = stretch;
  const marked = new Set(marksMs.map((at) => Math.floor((at - startMs) / bucketMs)));
  const busy = buckets.flatMap((one, i) => (totalOf(one) > 0 || marked.has(i) ? [i] : []));
  const [first, last] = [busy[0], busy.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = Math.max(0, first - 1);
  return {
    bucketMs,
    startMs: startMs + from * bucketMs,
    buckets: buckets.slice(from, Math.min(buckets.length, last + 2)),
  };
}

interface Seen {
  observed_at: string;
  duration_s: number;
  unsure_share: number;
  emotion: Label;
  corrected: Label | null;
}

/** Fewest and most buckets of a day's river: neither blocks nor noise. */
const BUCKETS = 96;
const SHORTEST_BUCKET_MS = 10_000;

/** The stretch of `[fromMs, toMs)` that observations fill, told as the server tells it. */
export function stretchOf(seen: readonly Seen[], fromMs: number, toMs: number): Stretch {
  const bucketMs = Math.max(SHORTEST_BUCKET_MS, (toMs - fromMs) / BUCKETS);
  const count = Math.max(1, Math.ceil((toMs - fromMs) / bucketMs));
  const buckets = Array.from({ length: count }, (): Bucket => ({}));
  const add = (bucket: Bucket, label: Label, ms: number) => {
    if (ms > 0) bucket[label] = (bucket[label] ?? 0) + ms / 1000;
  };
  for (const one of seen) {
    const start = Date.parse(one.observed_at);
    const end = start + one.duration_s * 1000;
    // What its user has said was no guess.
    const unsure = one.corrected ? 0 : one.unsure_share;
    const first = Math.max(0, Math.floor((start - fromMs) / bucketMs));
    const last = Math.min(count - 1, Math.floor((end - fromMs) / bucketMs));
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
