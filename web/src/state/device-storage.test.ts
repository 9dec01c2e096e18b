import { describe, expect, it, vi } from 'vitest';
import { CoachMemory } from '../coach/memory.svelte';
import { Consent } from './consent.svelte';
import { DeviceLikes } from './device-likes';
import { followOtherTabs, type Remembered } from './device-storage';
import { Settings } from './settings.svelte';

/** The storage of one browser: a tab hears what the others write. */
function browser() {
  const kept = new Map<string, string>();
  const tabs: EventTarget[] = [];
  return (): { storage: Storage; follow: (...all: Remembered[]) => void; window: EventTarget } => {
    const window = new EventTarget();
    tabs.push(window);
    const tell = (key: string | null) => {
      for (const tab of tabs) {
        if (tab !== window) tab.dispatchEvent(Object.assign(new Event('storage'), { key }));
      }
    };
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem(key: string, value: string) {
        if (kept.get(key) === value) return;
        kept.set(key, value);
        tell(key);
      },
      clear() {
        kept.clear();
        tell(null);
      },
    } as unknown as Storage;
    return {
      storage,
      window,
      follow: (...all) => followOtherTabs(window as unknown as Window, all),
    };
  };
}

function consents() {
  const tab = browser();
  const [here, there] = [tab(), tab()];
  const told: unknown[] = [];
  const mine: Consent = new Consent(here.storage, {
    onHistory: (allowed) => told.push(['history', allowed, mine.history]),
    onChange: () => told.push(['change', mine.history]),
  });
  here.follow(mine);
  const theirs = new Consent(there.storage);
  return { mine, theirs, told, there };
}

describe('two tabs of a browser', () => {
  it('allow the same, and what was withdrawn is told before it counts', () => {
    const { mine, theirs, told } = consents();
    theirs.answer(true, true);
    expect(mine).toMatchObject({ camera: true, history: true });
    theirs.answer(false, false);
    expect(mine).toMatchObject({ camera: false, history: false });
    theirs.answer(false, true, true);
    expect(mine).toMatchObject({ history: false, traceless: true });
    expect(told).toEqual([
      ...[
        ['history', true, null],
        ['change', true],
      ],
      ...[
        ['history', false, true],
        ['change', false],
      ],
      ...[
        ['history', false, false],
        ['change', false],
      ],
    ]);
  });

  it('allow nothing any more where the browser has forgotten it', () => {
    const { mine, theirs, there } = consents();
    theirs.answer(true, true);
    there.storage.clear();
    expect([mine.asked, mine.camera, mine.history]).toEqual([false, null, null]);
  });

  it('have the same settings: none takes back what was chosen in the other', () => {
    const tab = browser();
    const [here, there] = [tab(), tab()];
    const [mine, theirs] = [new Settings(here.storage, []), new Settings(there.storage, [])];
    here.follow(mine);
    there.follow(theirs);
    Object.assign(theirs, { theme: 'dark', goal: 'calm', camera: 'front' });
    theirs.save();
    expect(mine).toMatchObject({ theme: 'dark', goal: 'calm', camera: 'front' });
    mine.volume = 0.2;
    mine.save();
    expect(theirs).toMatchObject({ theme: 'dark', goal: 'calm', camera: 'front', volume: 0.2 });
  });

  it('ask for songs with the same genres', async () => {
    const tab = browser();
    const [here, there] = [tab(), tab()];
    const changed = vi.fn();
    const mine = new DeviceLikes(here.storage, changed);
    here.follow(mine);
    await new DeviceLikes(there.storage).savePreferences({ languages: ['ko'] });
    expect(mine.current.languages).toEqual(['ko']);
    expect(changed).toHaveBeenCalledOnce();
    await mine.savePreferences({ explicit: true });
    expect(new DeviceLikes(there.storage).current).toMatchObject({
      ...{ languages: ['ko'], explicit: true },
    });
  });

  it('know the same face at rest', () => {
    const tab = browser();
    const [here, there] = [tab(), tab()];
    const mine = new CoachMemory(here.storage);
    here.follow(mine);
    new CoachMemory(there.storage).finish({ emotion: 'sadness', share: 0.6 });
    expect(mine).toMatchObject({ done: true, rest: { emotion: 'sadness' } });
    mine.finish(null);
    expect(new CoachMemory(there.storage).rest).toMatchObject({ emotion: 'sadness' });
  });

  it('take over what was changed while one of them slept in the browser’s memory', () => {
    const tab = browser();
    const [here, there] = [tab(), tab()];
    new Consent(there.storage).answer(true, true);
    const mine = new Consent(here.storage);
    new Consent(there.storage).answer(true, false);
    here.follow(mine);
    here.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(mine.history).toBe(false);
  });
});
