import { describe, expect, it } from 'vitest';
import { FakeLocks, settle } from './fake-locks';
import type { Locks } from './locks';
import { OneSession } from './one-session.svelte';

/** A tab with something that can be on. */
class Tab {
  on = false;
  ended = 0;
  readonly session: OneSession;

  constructor(locks: Locks | undefined) {
    this.session = new OneSession(locks, () => {
      this.ended += 1;
      this.#become(false);
      return () => this.start();
    });
  }

  start(): void {
    this.#become(true);
  }

  stop(): void {
    this.#become(false);
  }

  #become(on: boolean): void {
    this.on = on;
    this.session.follow(on);
  }
}

async function tabs(locks: Locks | undefined = new FakeLocks()): Promise<[Tab, Tab]> {
  const [one, other] = [new Tab(locks), new Tab(locks)];
  one.start();
  await settle();
  return [one, other];
}

describe('sessions in several tabs', () => {
  it('the newest goes on, and the one before ends and says where it went', async () => {
    const [one, other] = await tabs();
    other.start();
    await settle();
    expect(one).toMatchObject({ on: false, ended: 1 });
    expect(one.session.elsewhere).toBe(true);
    expect(other).toMatchObject({ on: true, ended: 0 });
    expect(other.session.elsewhere).toBe(false);
  });

  it('is taken back by a click, and then goes on here', async () => {
    const [one, other] = await tabs();
    other.start();
    await settle();
    one.session.takeBack();
    await settle();
    expect(one).toMatchObject({ on: true, ended: 1 });
    expect(one.session.elsewhere).toBe(false);
    expect(other).toMatchObject({ on: false, ended: 1 });
    expect(other.session.elsewhere).toBe(true);
  });

  it('does not disturb a tab in which nothing is on', async () => {
    const [one, other] = await tabs();
    one.stop();
    await settle();
    other.start();
    await settle();
    expect(one.ended).toBe(0);
    expect(one.session.elsewhere).toBe(false);
  });

  it('says nothing any more once the other has ended its session, and ends nothing then', async () => {
    const [one, other] = await tabs();
    other.start();
    await settle();
    other.stop();
    await settle();
    expect(one.session.elsewhere).toBe(false);
    expect(one).toMatchObject({ on: false, ended: 1 });
  });

  it('is one of three as it is one of two', async () => {
    const locks = new FakeLocks();
    const [one, two] = await tabs(locks);
    const three = new Tab(locks);
    two.start();
    await settle();
    three.start();
    await settle();
    expect([one.on, two.on, three.on]).toEqual([false, false, true]);
    expect([one, two, three].map((tab) => tab.session.elsewhere)).toEqual([true, true, false]);
    three.stop();
    await settle();
    expect([one, two].map((tab) => tab.session.elsewhere)).toEqual([false, false]);
  });

  it('that ends and begins again at once is still the same', async () => {
    const [one] = await tabs();
    one.stop();
    one.start();
    await settle();
    expect(one).toMatchObject({ on: true, ended: 0 });
  });

  it('goes on in every tab where a browser has no locks, or denies them', async () => {
    const denied: Locks = { request: () => Promise.reject(new Error('SecurityError')) };
    for (const locks of [undefined, denied]) {
      const [one, other] = [new Tab(locks), new Tab(locks)];
      one.start();
      other.start();
      await settle();
      expect([one, other]).toMatchObject([
        { on: true, ended: 0 },
        { on: true, ended: 0 },
      ]);
    }
  });
});
