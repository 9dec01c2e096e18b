import { describe, expect, it } from 'vitest';
import type { DetectorCard } from './card';
import type { Detector } from './detector';
import { FaceFinder } from './finder';
import type { Face } from './geometry';
import { LiveFinder } from './live-finder';
import type { Pixels, Region } from './pixels';

const SECOND_LOOK = { below: 0.3, region: 2.5, minIou: 0.2 };
const [WIDTH, HEIGHT] = [1000, 800];

function face(x: number, y: number, side: number, score = 0.9): Face {
  return { box: { x, y, width: side, height: side }, score, keypoints: [] };
}

/** A gray picture with a dark spot where a mouth may be. */
function picture(spot = 0, brightness = 128): Pixels {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(brightness);
  for (let y = 350; y < 450; y += 1) {
    data.fill(brightness - 90, 4 * (y * WIDTH + 400 + spot), 4 * (y * WIDTH + 500 + spot));
  }
  return { data, width: WIDTH, height: HEIGHT };
}

const PICTURE = picture();

/** A stream over scripted detectors, and the list of what they were asked. */
function scripted(short: (margin: number, region?: Region) => Face[]) {
  const asked: string[] = [];
  const detector = (name: string, answer: typeof short): Detector => {
    const card = {
      margins: [0, 0.2],
      iouThreshold: 0.3,
      secondLook: SECOND_LOOK,
    } as unknown as DetectorCard;
    const detect = (_: unknown, margin: number, region?: Region) => {
      asked.push(region ? `${name} region` : `${name} ${margin}`);
      return Promise.resolve(answer(margin, region));
    };
    return { card, detect } as unknown as Detector;
  };
  const finder = new FaceFinder(
    detector('short', short),
    detector('full', () => []),
  );
  return { live: new LiveFinder(finder), asked };
}

const near = face(300, 200, 400);

describe('a live stream', () => {
  it('runs one pass a frame, going round, while nobody is there', async () => {
    const { live, asked } = scripted(() => []);
    for (let frame = 0; frame < 5; frame += 1) expect(await live.next(PICTURE)).toBeNull();
    expect(asked).toEqual(['short 0', 'short 0.2', 'full 0', 'full 0.2', 'short 0']);
    expect(live.person).toBe(0);
  });

  it('follows a face with one look a frame, and looks afresh every 30th', async () => {
    const { live, asked } = scripted(() => [near]);
    for (let frame = 0; frame < 31; frame += 1) expect(await live.next(PICTURE)).toBe(near);
    expect(asked[0]).toBe('short 0');
    expect(new Set(asked.slice(1, 29))).toEqual(new Set(['short region']));
    expect(asked.slice(29)).toEqual(['short 0', 'short region']);
    expect(live.person).toBe(1);
  });

  it('looks over the whole picture at once when the face has jumped', async () => {
    const faces = [[near], [], [face(50, 50, 350)]];
    const { live, asked } = scripted(() => faces.shift() ?? []);
    await live.next(PICTURE);
    expect((await live.next(PICTURE))?.box.x).toBe(50);
    expect(asked).toEqual(['short 0', 'short region', 'short 0']);
    expect(live.person).toBe(1);
  });

  it('goes on with the next pass when the face is lost', async () => {
    const faces = [[near]];
    const { live, asked } = scripted(() => faces.shift() ?? []);
    for (let frame = 0; frame < 3; frame += 1) await live.next(PICTURE);
    expect(asked).toEqual(['short 0', 'short region', 'short 0', 'short 0.2']);
  });

  it('begins with the largest of several faces', async () => {
    const { live } = scripted(() => [face(0, 0, 310, 0.99), face(400, 100, 390, 0.7)]);
    expect((await live.next(PICTURE))?.box.width).toBe(390);
    expect(live.others).toBe(1);
  });
});

describe('of two persons', () => {
  const first = face(100, 200, 310);
  const second = face(600, 200, 380);

  it('the first stays, also when the second is larger, and it is said that there is another', async () => {
    const { live } = scripted((_, region) => (region ? [first, second] : [second, first]));
    const scene = [[first]];
    const alone = scripted(() => scene.shift() ?? [second, first]);
    expect(await alone.live.next(PICTURE)).toBe(first);
    for (let frame = 0; frame < 31; frame += 1) expect(await alone.live.next(PICTURE)).toBe(first);
    expect([alone.live.person, alone.live.others]).toEqual([1, 1]);
    expect(await live.next(PICTURE)).toBe(second);
  });

  it('one who is much nearer takes over, as somebody else', async () => {
    const owner = face(500, 200, 460);
    const scene = [[first]];
    const { live } = scripted((_, region) => scene.shift() ?? (region ? [first] : [owner, first]));
    for (let frame = 0; frame < 29; frame += 1) await live.next(PICTURE);
    expect(live.person).toBe(1);
    expect(await live.next(PICTURE)).toBe(owner);
    expect(live.person).toBe(2);
  });

  it('one who appears elsewhere when the first has gone is somebody else', async () => {
    const scene = [[first], [], [second]];
    const { live } = scripted(() => scene.shift() ?? [second]);
    await live.next(PICTURE);
    await live.next(PICTURE);
    expect(live.person).toBe(2);
  });

  it.each([
    [12, 1],
    [15, 2],
  ])('after %i frames without a face, the next is person %i', async (gone, person) => {
    const scene = [[near]];
    let there = false;
    const { live } = scripted(() => scene.shift() ?? (there ? [near] : []));
    await live.next(PICTURE);
    for (let frame = 0; frame < gone; frame += 1) expect(await live.next(PICTURE)).toBeNull();
    there = true;
    for (let frame = 0; frame < 4 && !(await live.next(PICTURE)); frame += 1);
    expect(live.person).toBe(person);
  });
});

describe('a face that has not moved', () => {
  it('is not searched anew where that is allowed, in any light', async () => {
    const { live, asked } = scripted(() => [near]);
    await live.next(PICTURE, true);
    asked.length = 0;
    expect(await live.next(picture(1), true)).toBe(near);
    expect(await live.next(picture(0, 150), true)).toBe(near);
    expect(asked).toEqual([]);
    await live.next(PICTURE);
    expect(asked).toEqual(['short region']);
  });

  it('is searched as soon as it looks otherwise, by what it was when it was last found', async () => {
    const { live, asked } = scripted(() => [near]);
    await live.next(PICTURE, true);
    asked.length = 0;
    // Slowly, so that each picture is like the one before.
    for (let spot = 4; spot <= 40 && asked.length === 0; spot += 4) {
      await live.next(picture(spot), true);
    }
    expect(asked).toEqual(['short region']);
  });

  it('is looked at afresh every 30th frame all the same', async () => {
    const { live, asked } = scripted(() => [near]);
    for (let frame = 0; frame < 30; frame += 1) await live.next(PICTURE, true);
    expect(asked).toEqual(['short 0', 'short 0']);
  });
});
