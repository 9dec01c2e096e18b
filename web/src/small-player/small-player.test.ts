import { describe, expect, it, vi } from 'vitest';
import { type PlayerWindow, SmallPlayer } from './small-player.svelte';

describe('the small player', () => {
  it('is one window, however quickly it is asked for', async () => {
    const opened: EventTarget[] = [];
    const requestWindow = vi.fn(async () => {
      await Promise.resolve();
      const document = { head: { append: vi.fn() }, body: {} };
      const small = Object.assign(new EventTarget(), { document, close: vi.fn() });
      opened.push(small);
      return small as unknown as Window;
    });
    const page: PlayerWindow = {
      document: { title: '', querySelectorAll: () => [] } as unknown as Document,
      documentPictureInPicture: { requestWindow },
    };
    const takeOut = vi.fn();
    const player = new SmallPlayer(page, () => takeOut);
    const closed = vi.fn();
    await Promise.all([player.open(closed), player.open(closed)]);
    expect(requestWindow).toHaveBeenCalledOnce();
    expect(player.isOpen).toBe(true);
    opened[0]?.dispatchEvent(new Event('pagehide'));
    expect([player.isOpen, takeOut.mock.calls.length, closed.mock.calls.length]).toEqual([
      ...[false, 1, 1],
    ]);
    await player.open(closed);
    expect(requestWindow).toHaveBeenCalledTimes(2);
  });
});
