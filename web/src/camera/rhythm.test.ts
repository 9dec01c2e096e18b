import { describe, expect, it } from 'vitest';
import type { FaceReading, FrameReading, Mood } from '../vision/types';
import { AWAY_S, INTERVAL_MS, Rhythm } from './rhythm';

const CALM = [0, 0, 0.1, 0.8, 0.1, 0];
const HAPPY = [0, 0, 0.7, 0.2, 0.1, 0];

function face(probabilities = CALM, x = 200): FaceReading {
  return { box: { x, y: 100, width: 200, height: 200 }, score: 0.9, keypoints: [], probabilities };
}

/** Someone before the camera, who is looked at as often as the rhythm wants. */
class Sitting {
  readonly rhythm = new Rhythm();
  timeS = 0;
  looks = 0;
  person = 1;
  mood: Pick<Mood, 'reason'> = { reason: null };

  pass(seconds: number, seen: () => FaceReading | null): void {
    const endS = this.timeS + seconds;
    while (this.timeS < endS) {
      this.timeS += INTERVAL_MS[this.rhythm.pace] / 1000;
      this.looks += 1;
      const shown = seen();
      const reading = { timeS: this.timeS, faces: shown ? [shown] : [], person: this.person };
      this.rhythm.after(reading as FrameReading, this.mood as Mood);
    }
  }
}

describe('how often to look', () => {
  it('is quick at first, and once a second when nothing has changed for three', () => {
    const sitting = new Sitting();
    sitting.pass(2.9, () => face());
    expect(sitting.rhythm.pace).toBe('quick');
    sitting.pass(0.3, () => face());
    expect(sitting.rhythm.pace).toBe('calm');
    sitting.looks = 0;
    sitting.pass(60, () => face());
    expect(sitting.looks).toBe(60);
  });

  it.each([
    ['the expression changes', () => face(HAPPY)],
    ['the face moves', () => face(CALM, 260)],
  ])('is quick again when %s', (_, change) => {
    const sitting = new Sitting();
    sitting.pass(6, () => face());
    expect(sitting.rhythm.pace).toBe('calm');
    sitting.pass(1, change);
    expect(sitting.rhythm.pace).toBe('quick');
    sitting.pass(4, change);
    expect(sitting.rhythm.pace).toBe('calm');
  });

  it('is quick for somebody else', () => {
    const sitting = new Sitting();
    sitting.pass(6, () => face());
    sitting.person = 2;
    sitting.pass(1, () => face());
    expect(sitting.rhythm.pace).toBe('quick');
  });

  it('notices a change that comes little by little', () => {
    const sitting = new Sitting();
    sitting.pass(6, () => face());
    const paces = new Set<string>();
    for (let step = 0; step <= 20; step += 1) {
      const share = step / 20;
      sitting.pass(1, () => face(CALM.map((p, i) => p + share * ((HAPPY[i] ?? 0) - p))));
      paces.add(sitting.rhythm.pace);
    }
    expect(paces).toContain('quick');
  });

  it('stays quick while nothing is decided yet', () => {
    const sitting = new Sitting();
    sitting.mood = { reason: 'starting' };
    sitting.pass(10, () => face());
    expect(sitting.rhythm.pace).toBe('quick');
  });

  it('goes down in steps while nobody is there, and up at once when somebody is', () => {
    const sitting = new Sitting();
    sitting.pass(6, () => face());
    sitting.pass(2, () => null);
    expect(sitting.rhythm.pace).toBe('quick');
    sitting.pass(3, () => null);
    expect(sitting.rhythm.pace).toBe('searching');
    sitting.pass(AWAY_S, () => null);
    expect(sitting.rhythm.pace).toBe('away');
    sitting.looks = 0;
    sitting.pass(60, () => null);
    expect(sitting.looks).toBe(30);
    sitting.pass(1, () => face());
    expect(sitting.rhythm.pace).toBe('quick');
  });

  it.each([
    ['somebody is there', () => face()],
    ['nobody is', () => null],
  ])('is quick after a time in which nobody could look, when %s', (_, seen) => {
    const sitting = new Sitting();
    sitting.pass(10, () => face());
    sitting.timeS += 600;
    sitting.pass(0.1, seen);
    expect(sitting.rhythm.pace).toBe('quick');
    sitting.pass(2.5, seen);
    expect(sitting.rhythm.pace).toBe('quick');
  });
});
