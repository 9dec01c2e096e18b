import { describe, expect, it } from 'vitest';
import { playing, status, world, type World } from './fake-world';

const titles = (it: World) =>
  it.conductor.snapshot.queue.map(({ recommendation }) => recommendation.track.title);
const ids = (it: World) => it.conductor.snapshot.queue.map(({ recommendation: { id } }) => id);
const PLANNED = ['song 2', 'song 3', 'song 4', 'song 5'];

/** A song plays, and four wait. */
async function queued(): Promise<World> {
  const it = await playing('sadness', 4);
  expect(titles(it)).toEqual(PLANNED);
  return it;
}

function ends(it: World): Promise<void> {
  it.library.happens({ type: 'ended' });
  return it.settle();
}

describe('the queue', () => {
  it('goes on with the next song and is filled up behind it', async () => {
    const it = await queued();
    await ends(it);
    expect(it.library.opened?.title).toBe('song 2');
    expect(titles(it)).toEqual(['song 3', 'song 4', 'song 5', 'song 6']);
    expect(it.asked[1]).toMatchObject({ length: 5, playing: null, fresh: false });
    expect(it.asked[1]?.waiting.map(({ id }) => id)).toEqual([2, 3, 4, 5]);
  });

  it('is planned anew at the end of a song when the mood has changed, and never before', async () => {
    const it = await queued();
    it.see('happiness');
    await it.settle();
    expect(titles(it)).toEqual(PLANNED);
    await ends(it);
    expect(it.library.opened?.title).toBe('song 6');
    expect(titles(it)).toEqual(['song 7', 'song 8', 'song 9', 'song 10']);
  });

  it('leaves a song where the user has put it, whatever the mood', async () => {
    const it = await queued();
    expect(it.conductor.move(4, -1)).toBe(1);
    expect(titles(it)).toEqual(['song 2', 'song 4', 'song 3', 'song 5']);
    it.see('happiness');
    await ends(it);
    expect(it.asked[1]?.waiting).toContainEqual({ id: 4, placed: true });
    expect(it.library.opened?.title).toBe('song 4');
    expect(titles(it)).not.toContain('song 3');
  });

  it('moves no song beyond its ends', async () => {
    const it = await queued();
    expect(it.conductor.move(2, -1)).toBe(0);
    expect(it.conductor.move(5, 3)).toBe(3);
    expect(it.conductor.snapshot.queue.some(({ placed }) => placed)).toBe(false);
    expect(it.conductor.move(2, 9)).toBe(3);
    expect(titles(it)).toEqual(['song 3', 'song 4', 'song 5', 'song 2']);
  });

  it('replaces a song that is taken out, while the other one plays on', async () => {
    const it = await queued();
    it.conductor.leaveOut(3);
    expect(titles(it)).toEqual(['song 2', 'song 4', 'song 5']);
    await it.settle();
    expect(it.asked[1]).toMatchObject({ playing: 1, length: 4, without: [3] });
    expect(titles(it)).toEqual(['song 2', 'song 4', 'song 5', 'song 6']);
    expect(it.library.opened?.title).toBe('song 1');
    expect(status(it)).toBe('playing');
  });

  it('stays as it is when the server does not answer', async () => {
    const it = await queued();
    it.answer = () => new Error('gone');
    it.conductor.leaveOut(3);
    await it.settle();
    expect(titles(it)).toEqual(['song 2', 'song 4', 'song 5']);
    expect(status(it)).toBe('playing');
  });

  it('ends the song that plays when it is that one that is to go', async () => {
    const it = await queued();
    it.conductor.leaveOut(1);
    await it.settle();
    expect(it.library.opened?.title).toBe('song 2');
    expect(it.asked[1]?.without).toEqual([1]);
  });

  it('waits behind a song for a mood that is told by hand', async () => {
    const it = await queued();
    it.conductor.move(3, -1);
    it.conductor.tell('happiness');
    await it.settle();
    expect(it.asked[1]).toMatchObject({ fresh: true });
    expect(it.library.opened?.title).toBe('song 6');
    expect(ids(it)).toEqual([3, 7, 8, 9]);
  });

  it('counts the steps from a mood that was told, and none from one that is seen', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.settle();
    for (let i = 0; i < 2; i++) await ends(it);
    it.see('happiness');
    await ends(it);
    expect(it.asked.map(({ step }) => step)).toEqual([0, 1, 2, 0]);
  });

  it('begins the way to another goal with the next song', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.settle();
    await ends(it);
    it.conductor.changeGoal();
    await it.settle();
    await ends(it);
    await ends(it);
    expect(it.asked.map(({ step }) => step)).toEqual([0, 1, 0, 0, 1]);
    expect(it.asked[2]?.playing).toBe(2);
  });

  it('chooses anew for another goal what is being chosen', async () => {
    const it = world();
    it.conductor.tell('sadness');
    it.conductor.changeGoal();
    await it.settle();
    expect(it.asked).toHaveLength(2);
    expect(it.asked[1]).toMatchObject({ fresh: true, step: 0, playing: null });
    expect(it.library.opened?.title).toBe('song 2');
    await ends(it);
    expect(it.asked[2]).toMatchObject({ fresh: false, step: 1 });
  });

  it('does not offer again what did not play', async () => {
    const it = await queued();
    it.library.happens({ type: 'failed', code: 'unreadable' });
    await it.settle();
    expect(it.asked[1]?.without).toEqual([1]);
    expect(it.library.opened?.title).toBe('song 2');
  });

  it('is empty after stop', async () => {
    const it = await queued();
    await it.conductor.stop();
    expect(titles(it)).toEqual([]);
  });

  it('does not begin again when a ban is answered while the music stops', async () => {
    const it = await queued();
    const stopped = it.conductor.stop();
    it.conductor.leaveOut(1);
    await stopped;
    await it.settle();
    expect(status(it)).toBe('idle');
    expect(titles(it)).toEqual([]);
    expect(it.asked).toHaveLength(1);
  });

  it('of two plans the last one counts', async () => {
    const it = await queued();
    it.conductor.leaveOut(2);
    it.conductor.leaveOut(3);
    await it.settle();
    expect(titles(it)).toEqual(['song 4', 'song 5', 'song 7', 'song 8']);
  });
});
