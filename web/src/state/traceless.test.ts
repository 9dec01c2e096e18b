import { describe, expect, it, vi } from 'vitest';
import { Api } from '../api/client';
import { Outbox } from '../api/outbox';
import type { TracelessQuestion, TracelessSong } from '../api/traceless';
import type { PlanRequest, Wish } from '../api/types';
import { Consent } from './consent.svelte';
import { DeviceLikes } from './device-likes';
import { createListening, TracelessListening } from './traceless';

const SAD: Wish = { emotion: 'sadness', origin: 'manual', confidence: null, probabilities: null };
/** As the camera has it. */
const SEEN: Wish = {
  ...{ emotion: 'sadness', origin: 'camera', confidence: 0.8 },
  probabilities: [0, 0, 0.1, 0.1, 0.8, 0],
};
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
  const likes = new DeviceLikes(null);
  return { it: new TracelessListening({ plan }, likes), likes, asked };
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

  it('tells what is liked on this device, as it is at that moment', async () => {
    const { it: alone, likes, asked } = listening([11], [12]);
    await alone.plan(SAD, 'match', ASKED);
    const { genres } = likes.current;
    await likes.savePreferences({ genres: { ...genres, sadness: ['jazz'] }, languages: ['ko'] });
    await alone.plan(SAD, 'match', ASKED);
    expect(asked.map(({ likes: told }) => told)).toMatchObject([
      { genres: { sadness: [] }, sources: ['library', 'subsonic', 'youtube'] },
      { genres: { sadness: ['jazz'] }, explicit: false, languages: ['ko'] },
    ]);
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

describe('a change of mind while music plays', () => {
  /** Trace-less at first; `asked`: every request since. */
  function changing() {
    const asked: { path: string; body: unknown }[] = [];
    const songs = [song(11), song(12, 1)];
    const answers: Record<string, unknown> = {
      '/api/private/queue': { songs },
      '/api/queue': { songs },
      '/api/session': { user: { id: 1 } },
      '/api/plays': { id: 5 },
    };
    const api = new Api({
      fetch: (input, init) => {
        const path = String(input);
        asked.push({ path, body: JSON.parse(String(init?.body ?? 'null')) });
        return Promise.resolve(new Response(JSON.stringify(answers[path])));
      },
      mayOpen: () => !consent.traceless,
    });
    const consent = new Consent(null);
    consent.answer(false, false, true);
    const outbox = new Outbox();
    const likes = new DeviceLikes(null);
    const listens = createListening(consent, { goal: 'match' }, likes, api, outbox);
    return { ...listens, consent, outbox, asked };
  }

  it('a session is not asked about songs that it never proposed', async () => {
    const { plan, consent, asked } = changing();
    const [one, two] = await plan(SAD, ASKED);
    if (!one || !two) throw new Error('two songs were answered');
    consent.answer(false, true, false);
    const waiting = [
      { id: two.id, placed: true },
      { id: 3, placed: false },
    ];
    await plan(SAD, { ...ASKED, playing: one.id, waiting, without: [one.id, 4] });
    await plan(SAD, { ...ASKED, playing: 8 });
    const questions = asked.filter(({ path }) => path === '/api/queue');
    expect(questions.map(({ body }) => body)).toMatchObject([
      { playing: null, waiting: [{ id: 3 }], without: [4] },
      { playing: 8 },
    ]);
  });

  it('only who has a history kept tells with how much certainty a mood was read', async () => {
    const { plan, consent, asked } = changing();
    const [one] = await plan(SEEN, ASKED);
    if (!one) throw new Error('songs were answered');
    await plan(SEEN, { ...ASKED, playing: one.id, waiting: [{ id: one.id, placed: false }] });
    consent.answer(true, false, false);
    await plan(SEEN, ASKED);
    const told = JSON.stringify(asked.map(({ body }) => body));
    expect(told).toContain('"emotion":"sadness","origin":"camera"');
    expect(told).not.toMatch(/0\.[18]/);
    consent.answer(true, true, false);
    await plan(SEEN, ASKED);
    expect(asked.at(-1)?.body).toMatchObject({
      ...{ confidence: 0.8, probabilities: SEEN.probabilities },
    });
  });

  it('a session is told only of plays that it proposed', async () => {
    const { plan, reporter, consent, outbox, asked } = changing();
    const [one] = await plan(SAD, ASKED);
    if (!one) throw new Error('songs were answered');
    consent.answer(false, true, false);
    reporter.started(one);
    reporter.started({ ...one, id: 9 });
    await outbox.kick();
    const plays = asked.filter(({ path }) => path === '/api/plays');
    expect(plays.map(({ body }) => body)).toEqual([{ recommendation_id: 9 }]);
  });
});
