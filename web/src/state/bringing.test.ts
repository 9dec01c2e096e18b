import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/errors';
import type { LookedLine, OwnSong } from '../api/songs';
import { Bringing } from './bringing.svelte';
import { TooBig } from './song-lists';

const END: LookedLine = { kind: 'end', interrupted: false, full: false };
const LIST = () => ({ pasted: 'x' });

function song(id: string, suggested = true): LookedLine {
  const told: OwnSong = { youtube_video_id: id, title: id, artist: null, genre: 'extra' };
  return { kind: 'song', song: told, suggested };
}

function bringing(lines: LookedLine[], failure?: Error) {
  const kept: string[] = [];
  const api = {
    kept,
    refuses: null as Error | null,
    async *look() {
      yield* lines;
      if (failure) throw failure;
    },
    async add(songs: OwnSong[]) {
      if (api.refuses && kept.length > 0) throw api.refuses;
      kept.push(...songs.map(({ title }) => title));
      return { added: songs.length };
    },
  };
  return { api, list: new Bringing(api) };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => song(`s${i}`));

describe('a list', () => {
  it('is looked at, and nothing is kept', async () => {
    const skipped: LookedLine = { kind: 'skipped', code: 'genre', number: 3, about: 'polka' };
    const told: LookedLine[] = [{ kind: 'total', total: 3 }, song('a'), { kind: 'there' }, skipped];
    const { list, api } = bringing([...told, END]);
    await list.look(LIST);
    expect(list.coming.map((one) => one.song.title)).toEqual(['a']);
    expect([list.state, list.read, list.total, list.there]).toEqual(['shown', 3, 3, 1]);
    expect(list.skipped).toEqual([skipped]);
    expect(list.interrupted).toBe(false);
    expect(api.kept).toEqual([]);
  });

  it('says that it is not all where the connection broke, and keeps what came', async () => {
    const { list } = bringing([song('a')], new TypeError('network'));
    await list.look(LIST);
    expect([list.state, list.interrupted, list.coming.length]).toEqual(['shown', true, 1]);
  });

  it('says that it is not all where its end is missing', async () => {
    const { list } = bringing([song('a')]);
    await list.look(LIST);
    expect([list.state, list.interrupted]).toEqual(['shown', true]);
  });

  it('can be stopped, and what came stays', async () => {
    const { list } = bringing([...many(3), END]);
    const done = list.look(LIST);
    await Promise.resolve();
    await new Promise<void>((resolve) => {
      const watch = () => (list.coming.length > 0 ? resolve() : queueMicrotask(watch));
      watch();
    });
    list.stop();
    await done;
    expect(list.state).toBe('shown');
    expect(list.coming.length).toBeLessThan(3);
    expect(list.interrupted).toBe(true);
  });

  it.each([
    [new TooBig(), 'too_big'],
    [new ApiError(413, 'body_too_large', ''), 'too_big'],
    [new ApiError(429, 'too_many_requests', ''), 'busy'],
    [new ApiError(422, 'invalid_input', '', [{ field: 'list', code: 'pictures' }]), 'pictures'],
    [new ApiError(422, 'invalid_input', '', [{ field: 'list', code: 'unreadable' }]), 'damaged'],
  ])('that is refused says why: %s', async (error, refusal) => {
    const { list } = bringing([], error);
    await list.look(LIST);
    expect([list.state, list.refusal]).toEqual(['refused', refusal]);
  });

  it('has one genre for all songs whose list names none', async () => {
    const { list } = bringing([song('a'), song('b', false), END]);
    await list.look(LIST);
    list.chooseForSuggested('rock');
    expect(list.coming.map((one) => one.song.genre)).toEqual(['rock', 'extra']);
  });

  it('goes on with the rest where the keeping failed', async () => {
    const { list, api } = bringing([...many(50), END]);
    await list.look(LIST);
    api.refuses = new Error('gone');
    await list.keep();
    expect([list.state, list.coming.length]).toEqual(['failed', 30]);
    api.refuses = null;
    await list.keep();
    expect([list.state, list.coming.length]).toEqual(['kept', 0]);
    expect(new Set(api.kept).size).toBe(50);
  });

  it('says that there is no room', async () => {
    const { list, api } = bringing([...many(30), END]);
    await list.look(LIST);
    api.refuses = new ApiError(409, 'conflict', '');
    await list.keep();
    expect(list.state).toBe('full');
  });
});
