/** The first result of a model, against what its card says: a driver may compute without an error, and wrong. */

import type { ModelFile } from './card';
import type { Model, ModelInput } from './model';
import { Unfit } from './types';

/** Largest difference from the card, of numbers up to 1; in proportion for larger ones. */
const LARGEST_GAP = 5e-3;

/** RGB bytes [size, size, 3] that all runtimes are checked with; `today_feeling.vision.card.check_picture`. */
export function checkPicture(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size * size * 3 }, (_, index) => (index * 7919) % 256);
}

/** Runs the model once; `input`: the check picture as this model takes it. @throws Unfit unless it says what its card says. */
export async function prove(model: Model, input: ModelInput, card: ModelFile): Promise<void> {
  const outputs = await model.run(input);
  const right = card.check.every((expected, output) =>
    expected.every((value, index) => {
      const gap = Math.abs((outputs[output]?.data[index] ?? NaN) - value);
      return gap <= LARGEST_GAP * Math.max(1, Math.abs(value));
    }),
  );
  if (!right) throw new Unfit('unsupported', `${card.file} computes something else here`);
}
