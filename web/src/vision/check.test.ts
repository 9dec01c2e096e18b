import { describe, expect, it } from 'vitest';
import { checkPicture, prove } from './check';
import { Unfit } from './types';

const card = { file: 'a.tflite', sha256: '', check: [[0.25, 0.75], [-20]] };

function model(...outputs: number[][]) {
  return {
    run: () =>
      Promise.resolve(outputs.map((data) => ({ data: Float32Array.from(data), shape: [1] }))),
  };
}

describe('the first result of a model', () => {
  it('is the same here as in Python', () => {
    expect([...checkPicture(2)]).toEqual([0, 239, 222, 205, 188, 171, 154, 137, 120, 103, 86, 69]);
  });

  it('may differ as runtimes do', async () => {
    await prove(model([0.2501, 0.7499, 9], [-20.05]), checkPicture(2), card);
  });

  it.each([
    ['is wrong', [[0.26, 0.75], [-20]]],
    ['is no number', [[NaN, 0.75], [-20]]],
    ['is wrong in a later output', [[0.25, 0.75], [-18]]],
    ['is too short', [[0.25], [-20]]],
    ['lacks an output', [[0.25, 0.75]]],
  ])('is refused where it %s', async (_, outputs) => {
    await expect(prove(model(...outputs), checkPicture(2), card)).rejects.toBeInstanceOf(Unfit);
  });
});
