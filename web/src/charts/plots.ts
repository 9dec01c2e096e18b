/** Bars, a ring, columns, and the ticks of an axis of time. Lengths are CSS pixels. */
import { arc, pie } from 'd3-shape';
import type { Label } from '../vision/types';
import type { Bucket, Stretch } from './river';
import { LIGHT_TO_HEAVY, totalOf, type Share } from './shares';

export interface Slice extends Share {
  path: string;
  /** Where a face may lie, null where the slice is too thin for one. */
  face: { x: number; y: number; size: number } | null;
}

const THINNEST_WITH_FACE = 0.07;

/** A ring around (0, 0), from the top and clockwise, the largest slice first. */
export function ringSlices(shares: readonly Share[], radius: number): Slice[] {
  const inner = radius * 0.58;
  const shape = arc<{ startAngle: number; endAngle: number }>()
    .innerRadius(inner)
    .outerRadius(radius)
    .cornerRadius(3)
    .padAngle(shares.length > 1 ? 0.02 : 0);
  const size = Math.min(34, (radius - inner) * 0.72);
  return pie<Share>()
    .sort(null)
    .value(({ share }) => share)([...shares])
    .map((angles) => {
      const [x, y] = shape.centroid(angles);
      const wide = angles.data.share >= THINNEST_WITH_FACE;
      return { ...angles.data, path: shape(angles) ?? '', face: wide ? { x, y, size } : null };
    });
}

export interface Column {
  x: number;
  width: number;
  parts: { label: Label; y: number; height: number }[];
  /** Upper edge of the pile. */
  top: number;
}

/** Piles beside each other, heavy at the bottom; the highest one fills the height. */
export function columnPiles(
  piles: readonly Bucket[],
  width: number,
  height: number,
  widest = 56,
): Column[] {
  const most = Math.max(...piles.map(totalOf), 0);
  const step = width / piles.length;
  const own = Math.min(widest, step * 0.72);
  return piles.map((pile, i) => {
    let y = height;
    const parts = [...LIGHT_TO_HEAVY].reverse().flatMap((label) => {
      const seconds = pile[label] ?? 0;
      if (seconds <= 0) return [];
      const part = { label, height: (seconds / most) * height };
      y -= part.height;
      return [{ ...part, y }];
    });
    return { x: (i + 0.5) * step - own / 2, width: own, parts, top: y };
  });
}

const MINUTE_MS = 60_000;
const STEPS_MIN = [5, 10, 15, 30, 60, 120, 180, 360, 720];

/**
 * Moments at round times of the clock, at least `apart` pixels from each other.
 *
 * `minuteOfDay` says what the clock shows where the user lives: minutes since midnight.
 */
export function clockTicks(
  { startMs, bucketMs, buckets }: Stretch,
  width: number,
  minuteOfDay: (ms: number) => number,
  apart = 72,
): number[] {
  const spanMs = bucketMs * buckets.length;
  const most = Math.max(1, Math.floor(width / apart));
  const stepMin = STEPS_MIN.find((step) => spanMs / (step * MINUTE_MS) <= most) ?? 1440;
  const past = Math.floor(minuteOfDay(startMs)) % stepMin;
  const intoMinute = startMs % MINUTE_MS;
  const first = startMs - intoMinute + ((stepMin - past) % stepMin) * MINUTE_MS;
  const ticks = [];
  for (let at = first; at <= startMs + spanMs; at += stepMin * MINUTE_MS) {
    if (at >= startMs) ticks.push(at);
  }
  return ticks;
}

/** Indices of at most `width / apart` of `count` things beside each other, evenly chosen. */
export function evenTicks(count: number, width: number, apart: number): number[] {
  const every = Math.max(1, Math.ceil((count * apart) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}
