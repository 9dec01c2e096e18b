import { expect, it } from 'vitest';
import { relativeTime } from './dates';

const NOW = Date.parse('2026-11-23T12:00:00Z');

it.each([
  ['2026-11-23T11:59:00Z', 'this hour', '현재 시간'],
  ['2026-11-23T09:00:00Z', '3 hours ago', '3시간 전'],
  ['2026-11-22T11:00:00Z', 'yesterday', '어제'],
  ['2026-11-09T11:00:00Z', '2 weeks ago', '2주 전'],
  ['2024-11-01T11:00:00Z', '2 years ago', '2년 전'],
  // A clock that runs ahead.
  ['2026-11-23T12:05:00Z', 'this hour', '현재 시간'],
])('%s was %s', (instant, english, korean) => {
  expect(relativeTime(instant, NOW, 'en')).toBe(english);
  expect(relativeTime(instant, NOW, 'ko')).toBe(korean);
});
