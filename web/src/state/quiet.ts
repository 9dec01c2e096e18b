import type { Goal } from '../api/types';
import type { Status } from './listening';

/** Whoever listens to focus is not interrupted: what can wait is said when they are done, or look for something else. */
export function isQuiet(goal: Goal, status: Status): boolean {
  return goal === 'focus' && ['choosing', 'starting', 'playing', 'paused'].includes(status);
}
