import { describe, expect, it } from 'vitest';
import { SharedLook } from './shared-look';

const device = () => ({ theme: 'dark', language: 'en' }) as const satisfies object;

describe('theme and language', () => {
  it('of the account come to a new device', () => {
    const here: { theme: 'dark' | 'light' | 'system'; language: 'ko' | 'en' } = { ...device() };
    const look = new SharedLook(here);
    expect(look.follow({ theme: 'light', language: 'ko' })).toBeNull();
    expect(here).toEqual({ theme: 'light', language: 'ko' });
  });

  it('of the device go to an account that has never heard of any', () => {
    const here = { ...device() };
    expect(new SharedLook(here).follow({ theme: 'system', language: null })).toEqual(device());
    expect(here).toEqual(device());
  });

  it('that are changed here are told, and only then', () => {
    const here: { theme: 'dark' | 'light'; language: 'ko' | 'en' } = { ...device() };
    const look = new SharedLook(here);
    look.follow(device());
    expect(look.follow(device())).toBeNull();
    here.theme = 'light';
    expect(look.follow(device())).toEqual({ theme: 'light', language: 'en' });
  });
});
