import { describe, expect, it, vi } from 'vitest';
import type { TracelessQuestion, TracelessSong } from '../api/traceless';
import type { PlanRequest, Wish } from '../api/types';
import { TracelessListening } from './traceless';

const SAD: Wish = { emotion: 'sadness', origin: 'manual', confidence: null, probabilities: null };
const ASKED: PlanRequest = {
  ...{ unavailable: [], waiting: [], without: [], length: 2, playing: null },
  ...{ fresh: false, step: 0 },
};

function song(track: number, ahead = 0): TracelessSong {
  return { id: 1, goal: 'match', ahead, track: { id: track } } as unknown as TracelessSong;
}

function listening(...answers: number[][]) {
  const asked: TracelessQuestion[] = [];
  const plan = vi.fn((body: TracelessQuestion) => {
    asked.push(body);
    return Promise.resolve((answers.shift() ?? []).map((track, place) => song(track, place)));
  });
  return { it: new TracelessListening({ plan }), asked };
}

describe('listening without a trace', () => {
  it('tells with each question what was proposed, heard and failed before', async () => {
    const { it: alone, asked } = listening([11, 12, 13], []);
    const [one, two, three] = await alone.plan(SAD, 'match', ASKED);
    if (!one || !two || !three) throw new Error('three songs were answered');
    alone.started(one);
    alone.trackFailed(two.track);
    const waiting = [{ id: three.id, placed: true }];
    await alone.plan(SAD, 'match', { ...ASKED, playing: one.id, waiting, without: [two.id] });
    expect(asked[1]).toMatchObject({
      heard: [11],
      failed: [12],
      without: [12],
      playing: { track_id: 11, emotion: 'sadness', step: 0 },
      waiting: [{ track_id: 13, emotion: 'sadness', step: 2, placed: true }],
    });
  });

  it('keeps a song that waits, and gives each other one an id of its own', async () => {
    const { it: alone } = listening([11, 12], [12, 13]);
    const [, waits] = await alone.plan(SAD, 'match', ASKED);
    if (!waits) throw new Error('two songs were answered');
    const waiting = [{ id: waits.id, placed: false }];
    const [kept, other] = await alone.plan(SAD, 'match', { ...ASKED, waiting });
    expect(kept).toBe(waits);
    expect(other?.id).not.toBe(waits.id);
  });

  it('remembers no more than the server may be told', async () => {
    const { it: alone, asked } = listening();
    for (let track = 1; track <= 30; track += 1) alone.started(song(track));
    await alone.plan(SAD, 'match', ASKED);
    expect(asked[0]?.heard).toHaveLength(20);
    expect(asked[0]?.heard?.[0]).toBe(30);
  });
});
