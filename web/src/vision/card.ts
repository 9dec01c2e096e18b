/** The cards beside the models: what a model takes and gives, and which file it is. See docs/vision.md. */

import { EMOTIONS, VisionError } from './types';

/** What every card says of its file. */
export interface ModelFile {
  /** Name of the model file, in the folder of the card. */
  file: string;
  /** Of the model file, hexadecimal. */
  sha256: string;
  /** What it says to the check picture: the first numbers of each output. See check.ts. */
  check: readonly (readonly number[])[];
}

/** A face looked at again because it is small in the picture; see "Second look" in docs/vision.md. */
export interface SecondLook {
  /** Width of a box, as a share of the picture's longer side, under which it is looked at again. */
  below: number;
  /** Side of the square that is looked at, as a multiple of the box's longer side. */
  region: number;
  /** Least IoU with the first box for a face to replace it. */
  minIou: number;
}

/** A face detector of the BlazeFace family; lengths are in pixels of its square input. */
export interface DetectorCard extends ModelFile {
  size: number;
  divideBy: number;
  subtract: number;
  /** One pass over a picture for each: share of the input that stays free on each side. */
  margins: readonly number[];
  layers: readonly { stride: number; perCell: number }[];
  anchorOffset: number;
  coordinateScale: number;
  scoreClip: number;
  scoreThreshold: number;
  iouThreshold: number;
  secondLook: SecondLook | null;
}

/** Where a face lies in the emotion model's crop, in units of the crop's side; see `cropTransform`. */
export interface CropContract {
  eyeWeight: number;
  mouthWeight: number;
  centreToMouth: number;
  centreX: number;
  centreY: number;
  scale: number;
}

/** The emotion classifier: uint8 RGB crops [1, size, size, 3] in, six probabilities out. */
export interface EmotionCard extends ModelFile {
  size: number;
  unsureBelow: number;
  crop: CropContract;
}

/** Reads values out of parsed JSON by path; a missing or mistyped one is a `model_damaged`. */
class Fields {
  constructor(
    private readonly card: unknown,
    private readonly name: string,
  ) {}

  private at(path: string): unknown {
    return path
      .split('.')
      .reduce<unknown>(
        (value, key) =>
          typeof value === 'object' && value !== null
            ? (value as Record<string, unknown>)[key]
            : undefined,
        this.card,
      );
  }

  bad(path: string): VisionError {
    return new VisionError('model_damaged', `the card ${this.name} has no valid ${path}`);
  }

  number(path: string): number {
    const value = this.at(path);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.bad(path);
    return value;
  }

  text(path: string): string {
    const value = this.at(path);
    if (typeof value !== 'string') throw this.bad(path);
    return value;
  }

  list(path: string): readonly unknown[] {
    const value = this.at(path);
    if (!Array.isArray(value)) throw this.bad(path);
    return value;
  }

  has(path: string): boolean {
    return this.at(path) !== undefined;
  }
}

function modelFile(fields: Fields): ModelFile {
  const check = fields
    .list('check')
    .map((_, output) =>
      fields.list(`check.${output}`).map((_, index) => fields.number(`check.${output}.${index}`)),
    );
  // What says nothing would be right everywhere.
  if (check.length === 0 || check.some(({ length }) => length === 0)) throw fields.bad('check');
  return { file: fields.text('file'), sha256: fields.text('sha256'), check };
}

/** `name` is for messages. */
export function parseDetectorCard(card: unknown, name: string): DetectorCard {
  const fields = new Fields(card, name);
  const layers = fields.list('anchors.layers').map((_, index) => ({
    stride: fields.number(`anchors.layers.${index}.stride`),
    perCell: fields.number(`anchors.layers.${index}.per_cell`),
  }));
  return {
    ...modelFile(fields),
    size: fields.number('input.size'),
    divideBy: fields.number('input.divide_by'),
    subtract: fields.number('input.subtract'),
    margins: fields.list('margins').map((_, index) => fields.number(`margins.${index}`)),
    layers,
    anchorOffset: fields.number('anchors.offset'),
    coordinateScale: fields.number('coordinate_scale'),
    scoreClip: fields.number('score_clip'),
    scoreThreshold: fields.number('score_threshold'),
    iouThreshold: fields.number('iou_threshold'),
    secondLook: fields.has('second_look')
      ? {
          below: fields.number('second_look.below'),
          region: fields.number('second_look.region'),
          minIou: fields.number('second_look.min_iou'),
        }
      : null,
  };
}

/** `name` is for messages. */
export function parseEmotionCard(card: unknown, name: string): EmotionCard {
  const fields = new Fields(card, name);
  if (fields.list('labels').join() !== EMOTIONS.join()) throw fields.bad('labels');
  return {
    ...modelFile(fields),
    size: fields.number('input.width'),
    unsureBelow: fields.number('thresholds.unsure'),
    crop: {
      eyeWeight: fields.number('crop.eye_weight'),
      mouthWeight: fields.number('crop.mouth_weight'),
      centreToMouth: fields.number('crop.centre_to_mouth'),
      centreX: fields.number('crop.centre_x'),
      centreY: fields.number('crop.centre_y'),
      scale: fields.number('crop.scale'),
    },
  };
}

async function fetchOk(url: URL): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new VisionError('load_failed', `${url.pathname} did not arrive: ${String(error)}`);
  }
  if (!response.ok) {
    throw new VisionError('load_failed', `${url.pathname} did not arrive: HTTP ${response.status}`);
  }
  return response;
}

/** Fetches and parses `<folder><name>.json`. */
export async function fetchCard<Card>(
  folder: URL,
  name: string,
  parse: (card: unknown, name: string) => Card,
): Promise<Card> {
  const response = await fetchOk(new URL(`${name}.json`, folder));
  let card: unknown;
  try {
    card = await response.json();
  } catch (error) {
    throw new VisionError('model_damaged', `the card ${name} is not JSON: ${String(error)}`);
  }
  return parse(card, name);
}

/** Fetches the file that a card names; `model_damaged` unless it has the card's sha256. */
export async function fetchModel(
  folder: URL,
  card: Pick<ModelFile, 'file' | 'sha256'>,
): Promise<Uint8Array<ArrayBuffer>> {
  // Browsers offer it (and the camera) on https and on localhost only.
  if (!globalThis.crypto?.subtle) {
    throw new VisionError('unsupported', 'the page must be opened by https or on localhost');
  }
  const response = await fetchOk(new URL(card.file, folder));
  const content = await response.arrayBuffer().catch((error: unknown) => {
    throw new VisionError('load_failed', `${card.file} did not arrive: ${String(error)}`);
  });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 !== card.sha256) {
    throw new VisionError('model_damaged', `${card.file} is not the file that its card names`);
  }
  return new Uint8Array(content);
}
