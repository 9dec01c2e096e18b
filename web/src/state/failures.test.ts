import { describe, expect, it } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import { MAX_FAILURES } from './setbacks';
import { playing, status, world } from './fake-world';
import { RETRY_AFTER_MS } from './sources';

describe('when something does not play', () => {
  it('a track that fails is reported and another one plays for the same mood', async () => {
    const it = await playing('sadness');
    it.see('happiness');
    it.library.happens({ type: 'failed', code: 'unreadable' });
    await it.settle();
    expect(it.told).toContain('song 1 failed with unreadable');
    expect(it.asked[1]?.wish.emotion).toBe('sadness');
    expect(it.conductor.snapshot.notice).toEqual({ kind: 'track_failed', title: 'song 1' });
    expect(it.library.opened?.title).toBe('song 2');
  });

  it('the next source takes over from one that cannot be reached, and it says so', async () => {
    const it = world();
    it.answer = (_, unavailable) => (unavailable.includes('youtube') ? 'library' : 'youtube');
    it.conductor.tell('sadness');
    await it.settle();
    it.youtube.happens({ type: 'unavailable' });
    await it.settle();
    expect(it.asked[1]?.unavailable).toEqual(['youtube']);
    expect(it.library.opened).not.toBeNull();
    expect(it.conductor.snapshot.notice).toEqual({ kind: 'source_unavailable', source: 'youtube' });
  });

  it('a lost source is tried again later', async () => {
    const it = world();
    it.answer = (_, unavailable) => (unavailable.includes('youtube') ? 'library' : 'youtube');
    it.conductor.tell('sadness');
    await it.settle();
    it.youtube.happens({ type: 'unavailable' });
    await it.settle();
    it.nowMs += RETRY_AFTER_MS;
    it.library.happens({ type: 'playing' });
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.youtube.opened).not.toBeNull();
  });

  it('the other source takes over when two files in a row cannot be read', async () => {
    const it = world();
    it.answer = (_, unavailable) => (unavailable.includes('library') ? 'youtube' : 'library');
    it.conductor.tell('sadness');
    for (let i = 0; i < 2; i++) {
      await it.settle();
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(it.told).toEqual(['song 1 failed with unreadable', 'song 2 failed with unreadable']);
    expect(it.asked[2]?.unavailable).toEqual(['library']);
    expect(it.youtube.opened).not.toBeNull();
    expect(it.conductor.snapshot.notice).toEqual({ kind: 'source_unavailable', source: 'library' });
  });

  it('a file that plays in between tells that the others are there', async () => {
    const it = world();
    it.conductor.tell('sadness');
    for (let i = 0; i < 2; i++) {
      await it.settle();
      it.library.happens({ type: 'playing' });
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(it.asked.at(-1)?.unavailable).toEqual([]);
  });

  it('files that cannot be read are tried on where there is no other source', async () => {
    const it = world();
    it.answer = (_, unavailable) =>
      unavailable.includes('library') ? new ApiError(409, 'nothing_to_play', 'none') : 'library';
    it.conductor.tell('sadness');
    for (let i = 0; i < MAX_FAILURES; i++) {
      await it.settle();
      expect(status(it)).toBe('starting');
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(it.told).toHaveLength(MAX_FAILURES);
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'failures' });
  });

  it('videos that YouTube refuses say nothing about YouTube', async () => {
    const it = world();
    it.answer = () => 'youtube';
    it.conductor.tell('sadness');
    for (let i = 0; i < MAX_FAILURES; i++) {
      await it.settle();
      it.youtube.happens({ type: 'failed', code: '150' });
    }
    await it.settle();
    expect(it.asked.map(({ unavailable }) => unavailable)).toEqual(Array(MAX_FAILURES).fill([]));
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'failures' });
  });

  it('gives up after some failures in a row, and tries again when asked', async () => {
    const it = world();
    it.conductor.tell('sadness');
    for (let i = 0; i < MAX_FAILURES; i++) {
      await it.settle();
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'failures' });
    expect(it.asked).toHaveLength(MAX_FAILURES);
    it.conductor.retry();
    await it.settle();
    expect(status(it)).toBe('starting');
  });

  it('a song that plays ends the row of failures', async () => {
    const it = world();
    it.conductor.tell('sadness');
    for (let i = 0; i < 2 * MAX_FAILURES; i++) {
      await it.settle();
      if (i % 2 === 0) it.library.happens({ type: 'playing' });
      it.library.happens({ type: 'failed', code: 'unreadable' });
    }
    await it.settle();
    expect(status(it)).toBe('starting');
  });

  it('says why when there is nothing to choose from', async () => {
    const it = world();
    it.answer = () => new ApiError(409, 'nothing_to_play', 'none');
    it.conductor.tell('sadness');
    await it.settle();
    expect(it.conductor.snapshot).toMatchObject({ status: 'stuck', why: 'nothing_to_play' });
  });

  it('keeps the song while the server is gone, and waits for it at the end', async () => {
    const it = await playing('sadness');
    it.answer = () => new Unreachable('gone');
    it.see('happiness');
    expect(status(it)).toBe('playing');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(status(it)).toBe('offline');
    it.answer = () => 'library';
    it.conductor.retry();
    await it.settle();
    expect(it.library.opened?.title).toBe('song 2');
  });

  it('plays what was planned before while the server is gone, and asks it again when that is over', async () => {
    const it = await playing('sadness', 1);
    it.answer = () => new Unreachable('gone');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(it.library.opened?.title).toBe('song 2');
    it.library.happens({ type: 'playing' });
    expect(it.told).toContain('song 2 started');
    it.library.happens({ type: 'ended' });
    await it.settle();
    expect(status(it)).toBe('offline');
    it.answer = () => 'library';
    it.conductor.retry();
    await it.settle();
    expect(it.library.opened?.title).toBe('song 3');
  });

  it('plays nothing else instead of a mood that is told while the server is gone', async () => {
    const it = await playing('sadness', 2);
    it.answer = () => new Unreachable('gone');
    it.conductor.tell('happiness');
    await it.settle();
    expect(status(it)).toBe('offline');
  });

  it('events of a song that was left do not count', async () => {
    const it = await playing('sadness');
    const late = it.library.happens.bind(it.library);
    it.answer = () => 'youtube';
    it.conductor.next();
    await it.settle();
    late({ type: 'failed', code: 'unreadable' });
    late({ type: 'ended' });
    await it.settle();
    expect(it.asked).toHaveLength(2);
    expect(status(it)).toBe('starting');
  });
});
