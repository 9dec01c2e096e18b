/** What stands in the way of a good reading, each with one thing to mend. No DOM. */

import type { Measures } from './measures';

export const CHECKS = ['light', 'distance', 'angle', 'sharpness', 'company'] as const;
export type Check = (typeof CHECKS)[number];

export type Fault =
  | 'dark'
  | 'bright'
  | 'flat'
  | 'far'
  | 'near'
  | 'cut'
  | 'turned'
  | 'tilted'
  | 'height'
  | 'blurred'
  | 'others';

/** `unknown`: nothing can be said without a face. */
export type Findings = Readonly<Record<Check, Fault | 'good' | 'unknown'>>;

export const NOTHING_KNOWN: Findings = {
  light: 'unknown',
  distance: 'unknown',
  angle: 'unknown',
  sharpness: 'unknown',
  company: 'unknown',
};

/*
 * The limits. What an effect costs the model is measured in docs/model/robustness.md; side light, tested to 0.9, costs it
 * nothing and has no check. Usual faces (the test pictures, indoors and out) are named beside each.
 */

/** Mean gray. Faces usually have 110 to 160; at a fifth of their light, with a camera's noise, 3 points are lost. */
const DARK_BELOW = 40;
/** From here on skin is washed out to white; 2.5 times the usual light gives 205 to 220, and some faces are not found. */
const BRIGHT_ABOVE = 200;
/** Spread of gray in means. Usual: 0.3 to 0.5; fog on the lens or a lamp shining into it takes it to 0.1. */
const FLAT_BELOW = 0.18;
/** Pixels. 32 across cost 3 points and 24 cost 6: twice the 32 leaves room for a head that moves back. */
const FAR_BELOW_PX = 64;
/** Of the shorter side. Beyond it the detector needs its pass for faces that fill the picture, and chins leave it. */
const NEAR_ABOVE = 0.85;
/** A tenth hidden by the picture's edge is an eyebrow or the chin; a third of a face hidden (a mask) costs 34 points. */
const INSIDE_BELOW = 0.85;
/** Eye distances: about 25 degrees, between 15 (0.13) and 45 (0.68), where one side of the mouth is gone. */
const TURNED_ABOVE = 0.3;
/** Degrees. The crop undoes up to 30 without a loss; further, faces are missed. */
const TILTED_ABOVE = 30;
/** Faces at eye level have 0.34 to 0.64; outside, a camera far above or below hides the brows or the mouth. */
const PITCH = { least: 0.2, most: 0.8 };
/** Sharp: 0.38 to 0.59. A blur of 1 % of the face gives 0.2 (2 points lost), 2 % 0.1 (3 points), 3 % 0.06 (9 points). */
const BLURRED_BELOW = 0.12;

/** A fault is over only when it is mended by so much more: no hint flickers at its limit. */
const SLACK = 0.1;

/** Whether `value` is below its limit; `was`: it was so before. */
function below(value: number, limit: number, was: boolean): boolean {
  return value < limit * (was ? 1 + SLACK : 1);
}

function above(value: number, limit: number, was: boolean): boolean {
  return value > limit * (was ? 1 - SLACK : 1);
}

/** What is wrong with a face; `before`: what was found last. */
export function judge(face: Measures, others: boolean, before = NOTHING_KNOWN): Findings {
  return {
    light: lightOf(face.brightness, before.light) ?? flatnessOf(face, before),
    distance: distanceOf(face, before.distance),
    angle: angleOf(face, before.angle),
    sharpness: below(face.sharpness, BLURRED_BELOW, before.sharpness === 'blurred')
      ? 'blurred'
      : 'good',
    company: others ? 'others' : 'good',
  };
}

/** What is wrong with a picture in which no face was found: its light, or nothing that we know. */
export function judgeEmpty(brightness: number, before = NOTHING_KNOWN): Findings {
  return { ...NOTHING_KNOWN, light: lightOf(brightness, before.light) ?? 'unknown' };
}

/** The first thing to mend, or null. */
export function firstFault(findings: Findings): Fault | null {
  for (const check of CHECKS) {
    const found = findings[check];
    if (found !== 'good' && found !== 'unknown') return found;
  }
  return null;
}

function lightOf(brightness: number, before: Findings['light']): Fault | null {
  if (below(brightness, DARK_BELOW, before === 'dark')) return 'dark';
  return above(brightness, BRIGHT_ABOVE, before === 'bright') ? 'bright' : null;
}

function flatnessOf({ contrast }: Measures, { light }: Findings): Fault | 'good' {
  return below(contrast, FLAT_BELOW, light === 'flat') ? 'flat' : 'good';
}

function distanceOf(face: Measures, before: Findings['distance']): Fault | 'good' {
  if (below(face.widthPx, FAR_BELOW_PX, before === 'far')) return 'far';
  if (above(face.fill, NEAR_ABOVE, before === 'near')) return 'near';
  return below(face.inside, INSIDE_BELOW, before === 'cut') ? 'cut' : 'good';
}

function angleOf(face: Measures, before: Findings['angle']): Fault | 'good' {
  if (above(face.roll, TILTED_ABOVE, before === 'tilted')) return 'tilted';
  if (above(face.yaw, TURNED_ABOVE, before === 'turned')) return 'turned';
  const { least, most } = PITCH;
  const was = before === 'height';
  return below(face.pitch, least, was) || above(face.pitch, most, was) ? 'height' : 'good';
}
