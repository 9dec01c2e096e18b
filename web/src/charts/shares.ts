import type { Seconds } from '../api/diary';
import { EMOTIONS, type Label } from '../vision/types';

export const LABELS: readonly Label[] = [...EMOTIONS, 'unsure'];

/** From light to heavy: the order in which colours lie upon each other, and faces are offered. */
export const LIGHT_TO_HEAVY: readonly Label[] = [
  'happiness',
  'surprise',
  'neutral',
  'unsure',
  'sadness',
  'fear',
  'anger',
];

export interface Share {
  label: Label;
  seconds: number;
  /** Of all the time that was looked at, 0..1. */
  share: number;
}

export function totalOf(seconds: Partial<Seconds>): number {
  return LABELS.reduce((sum, label) => sum + (seconds[label] ?? 0), 0);
}

export function sumOf(parts: readonly Partial<Seconds>[]): Seconds {
  const sum = (label: Label) => parts.reduce((all, part) => all + (part[label] ?? 0), 0);
  return Object.fromEntries(LABELS.map((label) => [label, sum(label)])) as Seconds;
}

/** What was seen, most first; what was not seen is left out. */
export function sharesOf(seconds: Partial<Seconds>): Share[] {
  const total = totalOf(seconds);
  return LABELS.map((label) => ({ label, seconds: seconds[label] ?? 0 }))
    .filter((one) => one.seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .map((one) => ({ ...one, share: one.seconds / total }));
}
