import { describe, expect, it } from 'vitest';
import { isQuiet } from './quiet';

describe('who listens to focus', () => {
  it.each(['choosing', 'starting', 'playing', 'paused'] as const)(
    'is left in peace while the music is %s, and nobody else is',
    (status) => {
      expect(isQuiet('focus', status)).toBe(true);
      expect(isQuiet('match', status)).toBe(false);
    },
  );

  it.each(['idle', 'stuck', 'offline', 'blocked', 'proposed'] as const)(
    'is told when the music itself is %s',
    (status) => {
      expect(isQuiet('focus', status)).toBe(false);
    },
  );
});
