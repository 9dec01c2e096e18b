/** The whole way of one picture: faces, crops, probabilities. Knows neither DOM nor model runtime. */

import {
  fetchCard,
  fetchModel,
  parseDetectorCard,
  parseEmotionCard,
  type DetectorCard,
  type ModelFile,
} from './card';
import { Classifier } from './classifier';
import { Detector } from './detector';
import { FaceFinder } from './finder';
import type { Face } from './geometry';
import { LiveFinder } from './live-finder';
import type { Model } from './model';
import type { Pixels } from './pixels';
import type { FaceReading, FrameReading } from './types';

/** What one frame of a live stream shows. */
export type LiveReading = Pick<FrameReading, 'faces' | 'person' | 'others'>;

/** Makes a model runnable; `name` is for messages. */
export type Compile = (content: Uint8Array, name: string) => Promise<Model>;

export class Pipeline {
  private readonly live: LiveFinder;

  constructor(
    private readonly finder: FaceFinder,
    readonly classifier: Classifier,
  ) {
    this.live = new LiveFinder(finder);
  }

  /** All faces of a still picture, best first. */
  async still(pixels: Pixels): Promise<FaceReading[]> {
    const readings: FaceReading[] = [];
    for (const face of await this.finder.still(pixels)) {
      const reading = await this.read(pixels, face);
      if (reading) readings.push(reading);
    }
    return readings;
  }

  /** The followed face in the next frame of a live stream; `closely`: see `LiveFinder.next`. */
  async next(pixels: Pixels, closely: boolean): Promise<LiveReading> {
    const face = await this.live.next(pixels, closely);
    const reading = face && (await this.read(pixels, face));
    const { person, others } = this.live;
    return { faces: reading ? [reading] : [], person, others };
  }

  private async read(pixels: Pixels, face: Face): Promise<FaceReading | null> {
    const probabilities = await this.classifier.read(pixels, face.keypoints);
    return probabilities && { ...face, probabilities };
  }
}

/** Fetches, checks and compiles the three models, all at once, and has each prove that it computes here what it should. */
export async function loadPipeline(folder: URL, compile: Promise<Compile>): Promise<Pipeline> {
  const model = async (card: ModelFile): Promise<Model> => {
    const content = await fetchModel(folder, card);
    return (await compile)(content, card.file);
  };
  const detector = async (name: string): Promise<Detector> => {
    const card: DetectorCard = await fetchCard(folder, name, parseDetectorCard);
    const detector = new Detector(card, await model(card));
    await detector.prove();
    return detector;
  };
  const classifier = async (): Promise<Classifier> => {
    const card = await fetchCard(folder, 'emotion', parseEmotionCard);
    const classifier = new Classifier(card, await model(card));
    await classifier.prove();
    return classifier;
  };
  const [shortRange, fullRange, emotion] = await Promise.all([
    detector('face_detection_short_range'),
    detector('face_detection_full_range'),
    classifier(),
  ]);
  return new Pipeline(new FaceFinder(shortRange, fullRange), emotion);
}
