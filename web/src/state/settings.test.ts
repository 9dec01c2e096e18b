import { describe, expect, it } from 'vitest';
import { Settings } from './settings.svelte';

describe('settings of this device', () => {
  it('are all there the next time', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const changed = {
      ...{ language: 'en', theme: 'dark', autoplay: false, pauseAway: false },
      ...{ goal: 'calm', volume: 0.2, camera: 'front' },
    } as const;
    Object.assign(new Settings(storage, []), changed).save();
    expect(new Settings(storage, [])).toMatchObject(changed);
  });
});
