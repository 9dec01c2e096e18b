/** The emotion model: a crop in, six probabilities out. See docs/vision.md. */

import { crop, cropTransform } from './align';
import type { EmotionCard } from './card';
import { checkPicture, prove } from './check';
import type { Model } from './model';
import type { Pixels } from './pixels';
import { EMOTIONS, type Point, type Probabilities } from './types';

export class Classifier {
  constructor(
    readonly card: EmotionCard,
    private readonly model: Model,
  ) {}

  /** What a face expresses; null where its keypoints are no face. */
  async read(pixels: Pixels, keypoints: readonly Point[]): Promise<Probabilities | null> {
    const { size } = this.card;
    const transform = cropTransform(keypoints, this.card.crop, size);
    return transform && this.classify(crop(pixels, transform, size) as Uint8Array<ArrayBuffer>);
  }

  /** `picture`: RGB bytes [size, size, 3]. */
  async classify(picture: Uint8Array<ArrayBuffer>): Promise<Probabilities> {
    const [output] = await this.model.run(picture);
    if (output?.data.length !== EMOTIONS.length) throw new Error('not an emotion model');
    return Array.from(output.data);
  }

  /** @throws Unfit where the model says something else here than it should. */
  prove(): Promise<void> {
    return prove(this.model, checkPicture(this.card.size), this.card);
  }
}
