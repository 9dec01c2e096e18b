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

/** A gray picture, with a dark mouth where there is one. */
function picture(mouth?: { x?: number; height?: number; gray?: number }, gray = 128): Pixels {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(gray);
  if (mouth) {
    const { x = 400, height = 100, gray: dark = gray - 90 } = mouth;
    for (let y = 350; y < 350 + height; y += 1) {
      data.fill(dark, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x + 100));
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** Without a face that could be tracked. */
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

describe('between two runs of a detector', () => {
  const SMALL_STEP = 40;

  it('a face that has hardly moved is tracked, in any light', async () => {
    const { live, asked } = scripted(() => [{ ...near, keypoints: [{ x: 400, y: 300 }] }]);
    await live.next(picture({}));
    asked.length = 0;
    const tracked = await live.next(picture({ x: 400 + SMALL_STEP }, 150));
    expect(asked).toEqual([]);
    const sample = near.box.width / 72;
    const offX = (x: number | undefined, before: number) =>
      Math.abs((x ?? NaN) - before - SMALL_STEP);
    expect(offX(tracked?.box.x, near.box.x)).toBeLessThan(sample);
    expect(offX(tracked?.keypoints[0]?.x, 400)).toBeLessThan(sample);
    expect(tracked?.box.y).toBe(near.box.y);
    expect(live.person).toBe(1);
  });

  it('a face that wanders is tracked from where it was last', async () => {
    const { live, asked } = scripted(() => [near]);
    await live.next(picture({}));
    asked.length = 0;
    let tracked = null;
    for (let x = 400; x <= 600; x += SMALL_STEP) tracked = await live.next(picture({ x }));
    expect(asked).toEqual([]);
    expect(Math.abs((tracked?.box.x ?? NaN) - 500)).toBeLessThan(10);
  });

  it.each([
    ['has gone far', picture({ x: 600 })],
    ['is hidden', picture({ height: 10 })],
    ['is nothing but a wall', picture()],
  ])('one that %s is searched', async (_, next) => {
    const { live, asked } = scripted(() => [near]);
    await live.next(picture({}));
    asked.length = 0;
    await live.next(next);
    expect(asked).toEqual(['short region']);
  });

  it('one that changes slowly is searched as well: it is compared with what a detector saw', async () => {
    const { live, asked } = scripted(() => [near]);
    await live.next(picture({}));
    asked.length = 0;
    for (let height = 104; height <= 200 && asked.length === 0; height += 4) {
      await live.next(picture({ height }));
    }
    expect(asked).toEqual(['short region']);
  });

  it('one in the dark is not taken for the wall behind it', async () => {
    const dark = picture({ gray: 14 }, 20);
    const { live, asked } = scripted(() => [near]);
    await live.next(dark);
    await live.next(dark);
    asked.length = 0;
    await live.next(picture(undefined, 20));
    expect(asked).toEqual(['short region']);
  });

  it('one at the edge of the picture is tracked too', async () => {
    const { live, asked } = scripted(() => [face(800, 250, 300)]);
    await live.next(picture({ x: 880 }));
    asked.length = 0;
    expect((await live.next(picture({ x: 890 })))?.box.x).toBeGreaterThan(800);
    expect(asked).toEqual([]);
  });

  it('others are looked for every 30th frame all the same', async () => {
    const { live, asked } = scripted(() => [near]);
    for (let frame = 0; frame < 30; frame += 1) await live.next(picture({}));
    expect(asked).toEqual(['short 0', 'short 0']);
  });

  it('who has to be looked at closely is searched in every frame', async () => {
    const { live, asked } = scripted(() => [near]);
    for (let frame = 0; frame < 3; frame += 1) await live.next(picture({}), true);
    expect(asked).toEqual(['short 0', 'short region', 'short region']);
  });
});
