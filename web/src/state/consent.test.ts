import { describe, expect, it, vi } from 'vitest';
import type { Api } from '../api/client';
import { Unreachable } from '../api/errors';
import { Outbox } from '../api/outbox';
import type { Recommendation, Track } from '../api/types';
import { Consent } from './consent.svelte';
import { createReporter } from './reporter';

function box(kept: Record<string, string> = {}) {
  return {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
  };
}

describe('consent', () => {
  it('is not there before it is asked for', () => {
    const consent = new Consent(box());
    expect([consent.asked, consent.camera, consent.history]).toEqual([false, null, null]);
  });

  it('is given for the camera and for the history apart, and remembered', () => {
    const storage = box();
    new Consent(storage).answer(true, false);
    const later = new Consent(storage);
    expect([later.asked, later.camera, later.history]).toEqual([true, true, false]);
  });

  it.each(['nonsense', '{"camera":"yes","history":1}', 'null'])('is no %s', (kept) => {
    expect(new Consent(box({ 'today-feeling.consent': kept })).asked).toBe(false);
  });
});

describe('without a history', () => {
  it('what waits for the server is not told any more', async () => {
    const startPlay = vi.fn().mockRejectedValueOnce(new Unreachable(null));
    const outbox = new Outbox();
    let kept = true;
    createReporter({ startPlay } as unknown as Api, outbox, () => kept).started({
      id: 1,
    } as Recommendation);
    await outbox.kick();
    kept = false;
    await outbox.kick();
    expect(startPlay).toHaveBeenCalledOnce();
    expect(outbox.waiting).toBe(0);
  });

  it('neither likes nor outcomes of a song from before go out', async () => {
    const startPlay = vi.fn().mockResolvedValue({ id: 7 });
    const changePlay = vi.fn().mockRejectedValueOnce(new Unreachable(null));
    const outbox = new Outbox();
    let kept = true;
    const reporter = createReporter(
      { startPlay, changePlay } as unknown as Api,
      outbox,
      () => kept,
    );
    const play = reporter.started({ id: 1 } as Recommendation);
    await outbox.kick();
    play.change({ liked: true });
    await outbox.kick(); // in vain: it waits
    kept = false;
    play.change({ outcome: 'finished', seconds: 9 });
    await outbox.kick();
    play.leave({ outcome: 'stopped', seconds: 9 });
    expect(changePlay).toHaveBeenCalledOnce();
    expect(outbox.waiting).toBe(0);
  });

  it('is told of before it counts', () => {
    const told: unknown[] = [];
    const onHistory = (allowed: boolean) => told.push([allowed, consent.history]);
    const consent = new Consent(null, { onHistory });
    consent.answer(false, true);
    consent.answer(false, false);
    expect(told).toEqual([
      [true, null],
      [false, true],
    ]);
  });

  it('the server is told nothing of a song, and the player works all the same', async () => {
    const api = { startPlay: vi.fn(), changePlay: vi.fn(), reportFailure: vi.fn() };
    const outbox = new Outbox();
    let kept = false;
    const reporter = createReporter(api as unknown as Api, outbox, () => kept);
    const play = reporter.started({ id: 1 } as Recommendation);
    play.change({ liked: true });
    play.leave({ outcome: 'stopped', seconds: 3 });
    reporter.trackFailed({ id: 1 } as Track, '150');
    await outbox.kick();
    for (const call of Object.values(api)) expect(call).not.toHaveBeenCalled();
    kept = true;
    reporter.trackFailed({ id: 1 } as Track, '150');
    await outbox.kick();
    expect(api.reportFailure).toHaveBeenCalledOnce();
  });
});
