import { describe, expect, it } from 'vitest';
import { ApiError, Unreachable } from './errors';
import { Outbox } from './outbox';

describe('the outbox', () => {
  it('says things in order, and keeps them while nobody hears', async () => {
    const heard: string[] = [];
    let gone = true;
    const say = (word: string) => async () => {
      if (gone) throw new Unreachable('gone');
      heard.push(word);
    };
    const outbox = new Outbox();
    outbox.add(say('one'));
    outbox.add(say('two'));
    await outbox.kick();
    expect(outbox.waiting).toBe(2);
    gone = false;
    await outbox.kick();
    expect(heard).toEqual(['one', 'two']);
  });

  it('goes on after something that was refused', async () => {
    const heard: string[] = [];
    const outbox = new Outbox();
    outbox.add(async () => {
      throw new ApiError(404, 'not_found', 'no');
    });
    outbox.add(async () => heard.push('two'));
    await outbox.kick();
    expect(heard).toEqual(['two']);
  });

  it.each([401, 429, 500])('keeps what the server cannot take now, HTTP %d', async (status) => {
    const heard: string[] = [];
    let busy = true;
    const outbox = new Outbox();
    outbox.add(async () => {
      if (busy) throw new ApiError(status, 'unknown', 'not now');
      heard.push('one');
    });
    outbox.add(async () => heard.push('two'));
    await outbox.kick();
    expect(heard).toEqual([]);
    busy = false;
    await outbox.kick();
    expect(heard).toEqual(['one', 'two']);
  });
});
