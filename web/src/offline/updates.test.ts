import { describe, expect, it, vi } from 'vitest';
import { SKIP_WAITING } from './messages';
import { Updates } from './updates.svelte';

class Worker extends EventTarget {
  state = 'installing';
  heard: unknown[] = [];
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

async function world({ controlled }: { controlled: boolean }) {
  const registration = Object.assign(new EventTarget(), {
    waiting: null as Worker | null,
    installing: null as Worker | null,
  });
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? new Worker() : null,
    register: async () => registration,
  });
  const reload = vi.fn();
  const updates = new Updates(container as never, reload);
  await updates.start('/sw.js');
  return {
    updates,
    reload,
    takeOver: () => {
      container.controller ??= new Worker();
      container.dispatchEvent(new Event('controllerchange'));
    },
    install: () => {
      const worker = new Worker();
      registration.installing = worker;
      registration.dispatchEvent(new Event('updatefound'));
      registration.waiting = worker;
      worker.becomes('installed');
      return worker;
    },
  };
}

describe('a new version', () => {
  it('is offered, takes over when it is wanted, and then the page is loaded anew', async () => {
    const { updates, install, takeOver, reload } = await world({ controlled: true });
    expect(updates.ready).toBe(false);
    const worker = install();
    expect(updates.ready).toBe(true);
    expect(worker.heard).toEqual([]);
    updates.apply();
    expect(worker.heard).toEqual([SKIP_WAITING]);
    expect(reload).not.toHaveBeenCalled();
    takeOver();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('is none on the first visit: nothing is offered, nothing loaded anew', async () => {
    const { updates, install, takeOver, reload } = await world({ controlled: false });
    install();
    takeOver();
    expect(updates.ready).toBe(false);
    expect(reload).not.toHaveBeenCalled();
  });

  it('is not looked for where the browser has no service workers', async () => {
    const updates = new Updates(undefined, vi.fn());
    await expect(updates.start('/sw.js')).resolves.toBeUndefined();
    updates.apply();
    expect(updates.ready).toBe(false);
  });
});
