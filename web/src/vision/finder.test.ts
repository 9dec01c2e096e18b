import { describe, expect, it } from 'vitest';
import type { DetectorCard } from './card';
import type { Detector } from './detector';
import { FaceFinder } from './finder';
import type { Face } from './geometry';
import type { Region } from './pixels';

const PICTURE = { data: new Uint8ClampedArray(0), width: 1000, height: 800 };
const SECOND_LOOK = { below: 0.3, region: 2.5, minIou: 0.2 };

function face(x: number, y: number, side: number, score = 0.9): Face {
  return { box: { x, y, width: side, height: side }, score, keypoints: [] };
}

type Answer = (margin: number, region?: Region) => Face[];

/** A finder over scripted detectors, and the list of what they were asked. */
function scripted(short: Answer, full: Answer = () => []) {
  const asked: string[] = [];
  const detector = (name: string, answer: Answer, margins: number[]): Detector => {
    const card = { margins, iouThreshold: 0.3, secondLook: SECOND_LOOK } as unknown as DetectorCard;
    const detect = (_: unknown, margin: number, region?: Region) => {
      asked.push(region ? `${name} region` : `${name} ${margin}`);
      return Promise.resolve(answer(margin, region));
    };
    return { card, detect } as unknown as Detector;
  };
  const finder = new FaceFinder(
    detector('short', short, [0, 0.2]),
    detector('full', full, [0, 0.2]),
  );
  return { finder, asked };
}

describe('a still picture', () => {
  it('goes through all passes while no face is found', async () => {
    const { finder, asked } = scripted(() => []);
    expect(await finder.still(PICTURE)).toEqual([]);
    expect(asked).toEqual(['short 0', 'short 0.2', 'full 0', 'full 0.2']);
  });

  it('stops at the first pass with a face', async () => {
    const large = face(100, 100, 400);
    const { finder, asked } = scripted((margin) => (margin ? [large] : []));
    expect(await finder.still(PICTURE)).toEqual([large]);
    expect(asked).toEqual(['short 0', 'short 0.2']);
  });

  it('looks again at a small face, in the square around it', async () => {
    const regions: Region[] = [];
    const better = face(405, 302, 96, 0.97);
    const { finder } = scripted((_, region) => {
      if (!region) return [face(400, 300, 100)];
      regions.push(region);
      return [face(700, 700, 100), better];
    });
    expect(await finder.still(PICTURE)).toEqual([better]);
    expect(regions).toEqual([{ x: 325, y: 225, width: 250, height: 250 }]);
  });

  it('takes only a face that lies where the small one was', async () => {
    const { finder } = scripted((margin, region) => {
      if (region) return [face(520, 300, 100)];
      return margin ? [] : [face(400, 300, 100)];
    });
    expect(await finder.still(PICTURE)).toEqual([]);
  });

  it('drops a small face that a second look does not find, unless the edge cuts it', async () => {
    const inside = face(400, 300, 100);
    const cut = face(-20, 300, 100);
    const { finder } = scripted((margin, region) => (region || margin ? [] : [inside, cut]));
    expect(await finder.still(PICTURE)).toEqual([cut]);
  });
});
