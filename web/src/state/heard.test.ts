import { describe, expect, it } from 'vitest';
import type { PlayChange, Recommendation } from '../api/types';
import { Heard } from './heard';

function hear(durationS: number | null, passedMs: number): PlayChange[] {
  const told: PlayChange[] = [];
  let nowMs = 0;
  const tell = (change: PlayChange) => told.push(change);
  const started = () => ({ change: tell, leave: tell });
  const heard = new Heard({ started }, { now: () => nowMs });
  heard.plays({ track: { duration_s: durationS } } as Recommendation);
  nowMs = passedMs;
  heard.leave();
  heard.ends('finished');
  return told;
}

describe('what was heard of a song', () => {
  it('is as long as it sounded', () => {
    expect(hear(180, 12_300).map(({ seconds }) => seconds)).toEqual([12.3, 12.3]);
    expect(hear(null, 12_300).map(({ seconds }) => seconds)).toEqual([12.3, 12.3]);
  });

  it('is never more than the song, though the computer slept for an hour in it', () => {
    expect(hear(180, 3_600_000).map(({ seconds }) => seconds)).toEqual([180, 180]);
  });
});
