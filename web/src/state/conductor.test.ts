import { describe, expect, it } from 'vitest';
import { playing, status, world } from './fake-world';

describe('a mood becomes music', () => {
  it('waits for a mood, then plays for it', async () => {
    const it = world();
    it.conductor.begin();
    it.see('unsure');
    await it.settle();
    expect(status(it)).toBe('waiting');
    it.see('happiness');
    await it.settle();
    expect(it.asked[0]?.wish).toMatchObject({ emotion: 'happiness', origin: 'camera' });
    expect(status(it)).toBe('starting');
    it.library.happens({ type: 'playing' });
    expect(status(it)).toBe('playing');
    expect(it.told).toEqual(['song 1 started']);
  });

  it('plays nothing for a mood before it was asked to', async () => {
    const it = world();
    it.see('happiness');
    await it.settle();
    expect(it.asked).toEqual([]);
    it.conductor.begin();
    await it.settle();
    expect(it.asked).toHaveLength(1);
  });

  it('never cuts a song when the mood changes', async () => {
    const it = await playing('sadness');
    for (const mood of ['happiness', 'unsure', 'anger'] as const) it.see(mood);
    await it.settle();
    expect(it.asked).toHaveLength(1);
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('takes a mood that nobody could look at since for the last known, and for no more', async () => {
    const it = await playing('sadness');
    it.see('happiness');
    it.nowMs += 6000;
    it.library.happens({ type: 'ended' });
    await it.settle();
    const unsaid = { origin: 'camera', confidence: null, probabilities: null };
    expect(it.asked.at(-1)?.wish).toEqual({ emotion: 'happiness', ...unsaid });
    it.conductor.tell('anger');
    await it.settle();
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked.at(-1)?.wish).toMatchObject({ emotion: 'anger', origin: 'manual' });
  });

  it('says nothing of how sure it was of a mood that it does not see any more', async () => {
    const it = await playing('sadness');
    it.see('unsure');
    it.library.happens({ type: 'ended' });
    await it.settle();
    const old = { confidence: null, probabilities: null };
    expect(it.asked.at(-1)?.wish).toEqual({ emotion: 'sadness', origin: 'camera', ...old });
    it.library.happens({ type: 'playing' });
    // Frozen meanwhile: the first look after it sees nobody.
    it.see('happiness');
    it.nowMs += 60_000;
    it.see('unsure');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked.at(-1)?.wish).toEqual({ emotion: 'happiness', origin: 'camera', ...old });
  });

  it('chooses the next at the end, by the mood of that moment', async () => {
    const it = await playing('sadness');
    it.see('happiness');
    it.nowMs = 180_000;
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked[1]?.wish.emotion).toBe('happiness');
    expect(it.told[1]).toBe('song 1 {"outcome":"finished","seconds":180}');
  });

  it('keeps the last known mood when it is unsure at the end', async () => {
    const it = await playing('sadness');
    it.see('unsure');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked[1]?.wish.emotion).toBe('sadness');
  });

  it('goes on at random when no mood was ever known', async () => {
    const it = world();
    it.conductor.tell(null);
    await it.settle();
    it.library.happens({ type: 'playing' });
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.asked.map(({ wish }) => wish.origin)).toEqual(['random', 'random']);
  });

  it('plays at once for a mood told by hand, also over another song', async () => {
    const it = await playing('sadness');
    it.nowMs = 30_000;
    it.conductor.tell('happiness');
    await it.settle();
    expect(it.told).toContain('song 1 {"outcome":"skipped","seconds":30}');
    expect(it.asked[1]?.wish).toMatchObject({ emotion: 'happiness', origin: 'manual' });
    expect(it.library.opened?.title).toBe('song 2');
  });
});

describe('the listener decides', () => {
  it('stop ends the song and tells how long it played', async () => {
    const it = await playing();
    it.nowMs = 12_340;
    await it.conductor.stop();
    expect(status(it)).toBe('idle');
    expect(it.library.opened).toBeNull();
    expect(it.told.at(-1)).toBe('song 1 {"outcome":"stopped","seconds":12.3}');
    it.see('happiness');
    await it.settle();
    expect(it.asked).toHaveLength(1);
  });

  it('a pause does not count as played', async () => {
    const it = await playing();
    it.nowMs = 10_000;
    it.conductor.pause();
    expect(status(it)).toBe('paused');
    it.nowMs = 60_000;
    it.conductor.resume();
    it.nowMs = 65_000;
    it.conductor.next();
    expect(it.told).toContain('song 1 {"outcome":"skipped","seconds":15}');
  });

  it('a song is proposed and waits for a click where autoplay is off', async () => {
    const it = world();
    it.autoplay = false;
    it.conductor.begin();
    it.see('sadness');
    await it.settle();
    expect(status(it)).toBe('proposed');
    expect(it.library.opened).toBeNull();
    it.conductor.resume();
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('a click is enough to play, also where autoplay is off', async () => {
    const it = world();
    it.autoplay = false;
    it.conductor.tell('sadness');
    await it.settle();
    expect(it.library.opened?.title).toBe('song 1');
  });

  it('sound that the browser holds back waits for a click', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.settle();
    it.library.happens({ type: 'blocked' });
    expect(status(it)).toBe('blocked');
    expect(it.told).toEqual([]);
    it.conductor.resume();
    expect(status(it)).toBe('playing');
  });

  it('a like can be given and taken back', async () => {
    const it = await playing();
    it.conductor.like();
    expect(it.conductor.snapshot.liked).toBe(true);
    it.conductor.like();
    expect(it.told.slice(1)).toEqual(['song 1 {"liked":true}', 'song 1 {"liked":null}']);
  });

  it('an answer that comes after stop starts nothing', async () => {
    const it = world();
    it.conductor.tell('sadness');
    await it.conductor.stop();
    await it.settle();
    expect(it.library.opened).toBeNull();
    expect(status(it)).toBe('idle');
  });
});
