import { describe, expect, it } from 'vitest';
import type { Pixels } from '../vision/pixels';
import type { FaceReading, FrameReading } from '../vision/types';
import { Coach } from './coach.svelte';
import { CoachMemory } from './memory.svelte';
import { REST_S, RestSample } from './rest';

const SAD = [0.1, 0, 0, 0.3, 0.6, 0];

function face(probabilities = SAD): FaceReading {
  const keypoints = [
    { x: 30, y: 40 },
    { x: 70, y: 40 },
    { x: 50, y: 60 },
    { x: 50, y: 80 },
  ];
  return { box: { x: 0, y: 0, width: 100, height: 100 }, score: 1, keypoints, probabilities };
}

function look(timeS: number, change: Partial<FrameReading> = {}): FrameReading {
  const still = { width: 120, height: 120, faces: [face()], person: 1, others: 0, elapsedMs: 1 };
  return { timeS, ...still, ...change };
}

/** A chessboard, which has edges and contrast, of so much light. */
function lit(light: number): Pixels {
  const data = new Uint8ClampedArray(120 * 120 * 4).fill(255);
  for (let at = 0; at < 120 * 120; at += 1) {
    const white = (Math.floor((at % 120) / 9) + Math.floor(at / 120 / 9)) % 2;
    data.fill(light * (white ? 1 : 0.4), 4 * at, 4 * at + 3);
  }
  return { data, width: 120, height: 120 };
}

/** Looks ten times a second. */
function watch(coach: Coach, fromS: number, seconds: number, each: (timeS: number) => void): void {
  for (let tick = 0; tick < seconds * 10; tick += 1) each(fromS + tick / 10);
}

describe('the coach', () => {
  it('follows what is mended within two seconds, and not one bad frame', () => {
    const coach = new Coach();
    watch(coach, 0, 2, (timeS) => coach.see(look(timeS), () => lit(30)));
    expect(coach.findings.light).toBe('dark');
    coach.see(look(2.2), () => lit(100));
    expect(coach.findings.light).toBe('dark');
    watch(coach, 2.4, 2, (timeS) => coach.see(look(timeS), () => lit(200)));
    expect(coach.findings.light).toBe('good');
  });

  it('measures five times a second, however often the camera is read', () => {
    const coach = new Coach();
    let pictures = 0;
    watch(coach, 0, 2, (timeS) =>
      coach.see(look(timeS), () => {
        pictures += 1;
        return lit(150);
      }),
    );
    expect(pictures).toBeLessThanOrEqual(10);
  });

  it('forgets what it found when the face is gone, and not when one look missed it', () => {
    const coach = new Coach();
    coach.see(look(0), () => lit(150));
    coach.see(look(0.5, { faces: [] }), () => lit(150));
    expect(coach).toMatchObject({ faceSeen: true, findings: { sharpness: 'good' } });
    coach.see(look(2, { faces: [] }), () => lit(150));
    expect(coach).toMatchObject({ faceSeen: false, findings: { sharpness: 'unknown' } });
  });

  it('samples the face at rest, and then tells how it looks', () => {
    const coach = new Coach();
    coach.sample();
    watch(coach, 0, REST_S / 2, (timeS) => coach.see(look(timeS), () => null));
    expect(coach.step).toBe('rest');
    expect(coach.progress).toBeCloseTo(0.5, 1);
    watch(coach, REST_S / 2, REST_S / 2 + 0.3, (timeS) => coach.see(look(timeS), () => null));
    expect(coach.step).toBe('told');
    expect(coach.rest).toEqual({ emotion: 'sadness', share: expect.closeTo(0.6) });
  });
});

describe('a sample', () => {
  it('begins anew when the camera was off meanwhile', () => {
    const coach = new Coach();
    coach.sample();
    watch(coach, 0, REST_S / 2, (timeS) => coach.see(look(timeS), () => null));
    coach.interrupt();
    expect(coach.progress).toBe(0);
    watch(coach, REST_S / 2, REST_S - 1, (timeS) => coach.see(look(timeS), () => null));
    expect(coach.step).toBe('rest');
    watch(coach, 1.5 * REST_S - 1, 2, (timeS) => coach.see(look(timeS), () => null));
    expect(coach.step).toBe('told');
  });
});

describe('the sample at rest', () => {
  it('counts only the time in which the face was seen', () => {
    const sample = new RestSample();
    for (let second = 0; second < 10; second += 0.5) sample.add(look(second));
    const before = sample.progress;
    for (let second = 10; second < 40; second += 0.5) sample.add(look(second, { faces: [] }));
    sample.add(look(40));
    expect(sample.progress).toBe(before);
    expect(sample.result).toBeNull();
  });

  it('counts no time in which the page slept', () => {
    const sample = new RestSample();
    for (const timeS of [0, 0.5, 60, 60.5]) sample.add(look(timeS));
    expect(sample.progress).toBeCloseTo(1 / REST_S);
  });

  it('begins anew with another face', () => {
    const sample = new RestSample();
    for (let second = 0; second < 19; second += 0.5) sample.add(look(second));
    sample.add(look(19, { faces: [] }));
    sample.add(look(19.5, { person: 2 }));
    expect(sample.progress).toBe(0);
  });
});

describe('what the device remembers', () => {
  it('is that it was done, and how the face at rest looked, until another sample', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(new CoachMemory(storage).done).toBe(false);
    new CoachMemory(storage).finish({ emotion: 'sadness', share: 0.6 });
    new CoachMemory(storage).finish(null);
    expect(new CoachMemory(storage)).toMatchObject({ done: true, rest: { emotion: 'sadness' } });
  });

  it.each(['{nonsense', '3', '{"done":1,"rest":{"emotion":"bored","share":1}}'])(
    'is nothing where storage holds %s',
    (text) => {
      const memory = new CoachMemory({ getItem: () => text, setItem: () => undefined });
      expect(memory).toMatchObject({ done: false, rest: null });
    },
  );

  it('holds until the page is closed where storage is denied', () => {
    const denied = () => {
      throw new Error('denied');
    };
    const memory = new CoachMemory({ getItem: () => null, setItem: denied });
    memory.finish(null);
    expect(memory.done).toBe(true);
  });
});
