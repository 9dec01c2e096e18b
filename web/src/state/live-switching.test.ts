import { describe, expect, it } from 'vitest';
import type { Label } from '../vision/types';
import { playing, type World } from './fake-world';
import { HEARD_S, LASTS_S, LiveSwitching } from './live-switching';

interface Room {
  it: World;
  faded: string[];
  wanted: boolean;
  /** What happens while the sound goes down. */
  meanwhile: () => Promise<void>;
  /** A look a second. */
  pass(seconds: number, label: Label): Promise<void>;
  /** The camera is switched off. */
  end(): void;
}

async function room(): Promise<Room> {
  const it = await playing('sadness');
  const faded: string[] = [];
  let timeS = 0;
  const room: Room = {
    it,
    faded,
    wanted: true,
    meanwhile: async () => undefined,
    async pass(seconds, label) {
      for (let second = 0; second < seconds; second += 1) {
        timeS += 1;
        it.see(label);
        switching.see(timeS, label);
        await it.settle();
      }
    },
    end: () => switching.end(),
  };
  const switching = new LiveSwitching({
    music: it.conductor,
    fade: async (down) => {
      faded.push(down ? 'down' : 'up');
      if (down) await room.meanwhile();
    },
    wanted: () => room.wanted,
  });
  return room;
}

const title = ({ it }: Room) => it.library.opened?.title;

describe('a song that plays', () => {
  it('is never cut by a mood, as long as nobody has asked for that', async () => {
    const here = await room();
    here.wanted = false;
    await here.pass(600, 'happiness');
    expect([title(here), here.faded]).toEqual(['song 1', []]);
  });

  it('gives way to a mood that lasts where that is wanted, softly, and without blame', async () => {
    const here = await room();
    await here.pass(HEARD_S, 'sadness');
    await here.pass(LASTS_S, 'happiness');
    expect(title(here)).toBe('song 1');
    await here.pass(1, 'happiness');
    expect(title(here)).toBe('song 2');
    expect(here.it.asked.at(-1)?.wish).toMatchObject({ emotion: 'happiness', origin: 'camera' });
    expect(here.it.told).toContain('song 1 {"outcome":"stopped","seconds":0}');
    expect(here.faded).toEqual(['down', 'up']);
  });

  it('is not cut while it is new, nor by a mood that passes, nor by doubt', async () => {
    const here = await room();
    await here.pass(HEARD_S - 1, 'happiness');
    expect(title(here)).toBe('song 1');
    await here.pass(5, 'sadness');
    for (let time = 0; time < 10; time += 1) {
      await here.pass(LASTS_S - 1, 'anger');
      await here.pass(1, 'unsure');
    }
    await here.pass(60, 'unsure');
    expect(title(here)).toBe('song 1');
  });

  it('is not cut by what was seen before the camera was off', async () => {
    const here = await room();
    await here.pass(HEARD_S, 'sadness');
    await here.pass(LASTS_S - 1, 'happiness');
    here.end();
    await here.pass(LASTS_S, 'happiness');
    expect(title(here)).toBe('song 1');
    await here.pass(1, 'happiness');
    expect(title(here)).toBe('song 2');
  });

  it('that was asked for by hand is not cut either', async () => {
    const here = await room();
    here.it.conductor.tell('sadness');
    await here.it.settle();
    here.it.library.happens({ type: 'playing' });
    await here.pass(120, 'happiness');
    expect(title(here)).toBe('song 2');
  });

  it('that ends while it fades is followed once', async () => {
    const here = await room();
    await here.pass(HEARD_S, 'sadness');
    const { it } = here;
    const before = it.asked.length;
    here.meanwhile = async () => {
      it.library.happens({ type: 'ended' });
      await it.settle();
      it.library.happens({ type: 'playing' });
    };
    await here.pass(LASTS_S + 1, 'happiness');
    expect(it.asked.length - before).toBe(1);
    expect(title(here)).toBe('song 2');
  });
});
