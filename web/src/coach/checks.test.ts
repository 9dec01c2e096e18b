import { describe, expect, it } from 'vitest';
import { type Check, type Fault, firstFault, judge, judgeEmpty, NOTHING_KNOWN } from './checks';
import type { Measures } from './measures';

const GOOD: Measures = {
  brightness: 120,
  contrast: 0.4,
  sharpness: 0.45,
  widthPx: 180,
  fill: 0.4,
  inside: 1,
  roll: 4,
  yaw: 0.05,
  pitch: 0.5,
};
const with_ = (change: Partial<Measures>): Measures => ({ ...GOOD, ...change });

describe('a check', () => {
  it('finds nothing wrong with a face that is seen well', () => {
    const findings = judge(GOOD, false);
    expect(new Set(Object.values(findings))).toEqual(new Set(['good']));
    expect(firstFault(findings)).toBeNull();
  });

  it.each<[Partial<Measures>, Check, Fault]>([
    [{ brightness: 30 }, 'light', 'dark'],
    [{ brightness: 215 }, 'light', 'bright'],
    [{ contrast: 0.1 }, 'light', 'flat'],
    [{ widthPx: 50 }, 'distance', 'far'],
    [{ fill: 0.95 }, 'distance', 'near'],
    [{ inside: 0.7 }, 'distance', 'cut'],
    [{ yaw: 0.6 }, 'angle', 'turned'],
    [{ roll: 40 }, 'angle', 'tilted'],
    [{ pitch: 0.1 }, 'angle', 'height'],
    [{ pitch: 0.95 }, 'angle', 'height'],
    [{ sharpness: 0.06 }, 'sharpness', 'blurred'],
  ])('of %o says that %s is %s, and nothing else', (change, check, fault) => {
    expect(judge(with_(change), false)).toEqual({ ...judge(GOOD, false), [check]: fault });
  });

  it('tells of a second face', () => {
    expect(judge(GOOD, true).company).toBe('others');
  });

  it('of a picture without a face tells its light, which may be why', () => {
    expect(judgeEmpty(8).light).toBe('dark');
    expect(judgeEmpty(240).light).toBe('bright');
    expect(judgeEmpty(120)).toEqual(NOTHING_KNOWN);
  });

  it('names the light first: without it nothing else can be judged', () => {
    expect(firstFault(judge(with_({ brightness: 20, widthPx: 40, sharpness: 0.01 }), true))).toBe(
      'dark',
    );
  });

  it('does not flicker at its limit', () => {
    const dark = judge(with_({ brightness: 39 }), false);
    expect(judge(with_({ brightness: 42 }), false).light).toBe('good');
    expect(judge(with_({ brightness: 42 }), false, dark).light).toBe('dark');
    expect(judge(with_({ brightness: 45 }), false, dark).light).toBe('good');
    const turned = judge(with_({ yaw: 0.32 }), false);
    expect(judge(with_({ yaw: 0.28 }), false, turned).angle).toBe('turned');
    expect(judge(with_({ yaw: 0.26 }), false, turned).angle).toBe('good');
  });
});
