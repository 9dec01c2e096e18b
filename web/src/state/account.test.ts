import { describe, expect, it } from 'vitest';
import { accountApi } from '../api/account';
import { ApiError } from '../api/errors';
import type { User } from '../api/types';
import { AccountStore } from './account.svelte';

const GUEST: User = {
  id: 1,
  guest: true,
  created_at: '2026-11-23T00:00:00Z',
  login_id: null,
  name: null,
  email: null,
};
const MINJI: User = {
  ...GUEST,
  guest: false,
  login_id: 'minji1234',
  name: '민지',
  email: 'minji@example.com',
};

/** What happens, in order: requests, and what the app does around them. */
function world(answer: (path: string) => unknown) {
  const events: string[] = [];
  const bodies: unknown[] = [];
  const account = new AccountStore(
    accountApi(async <T>(path: string, call: { method?: string; body?: unknown } = {}) => {
      events.push(`${call.method ?? 'GET'} ${path}`);
      bodies.push(call.body);
      const given = answer(path);
      if (given instanceof Error) throw given;
      return given as T;
    }),
    {
      settle: async () => void events.push('settle'),
      restart: (address) => void events.push(`restart ${address}`),
      reload: () => void events.push('reload'),
    },
  );
  return { account, events, bodies };
}

describe('the account', () => {
  it('of a guest who signs up is the same user from then on, without a restart', async () => {
    const { account, events } = world(() => ({ user: MINJI }));
    account.heard(GUEST);
    expect(account.isGuest).toBe(true);
    await account.signUp({ login_id: 'minji1234', password: '', name: '', email: '' });
    expect(account.isGuest).toBe(false);
    expect(events).toEqual(['POST /api/account']);
  });

  it('begins anew where another tab has logged somebody in, and hears no news of its own', async () => {
    const { account, events } = world(() => ({ user: MINJI }));
    account.heard(GUEST);
    account.heard({ ...MINJI, id: 2 });
    expect(account.user).toEqual(GUEST);
    expect(events).toEqual(['reload']);
    events.length = 0;
    const form = { login_id: '', password: '', remember: true, bring_guest_data: false };
    const entered = account.logIn(form, '/');
    await Promise.resolve();
    account.heard({ ...MINJI, id: 2 });
    await entered;
    expect(events).toEqual(['settle', 'POST /api/login', 'restart /']);
  });

  it('is entered after what the guest did is told, and with an empty memory', async () => {
    const { account, events, bodies } = world(() => ({ user: MINJI }));
    const form = {
      login_id: 'minji1234',
      password: 'secret',
      remember: true,
      bring_guest_data: true,
    };
    await account.logIn(form, '/today');
    expect(events).toEqual(['settle', 'POST /api/login', 'restart /today']);
    expect(bodies).toEqual([form]);
  });

  it('is not entered with a wrong password', async () => {
    const { account, events } = world(() => new ApiError(401, 'wrong_credentials', ''));
    const form = { login_id: 'a', password: 'b', remember: false, bring_guest_data: false };
    await expect(account.logIn(form, '/')).rejects.toMatchObject({ code: 'wrong_credentials' });
    expect(events).not.toContain('restart /');
  });

  it('is left here, or everywhere', async () => {
    const { account, events, bodies } = world(() => null);
    await account.logOut();
    await account.logOut({ everywhere: true });
    expect(events.slice(0, 3)).toEqual(['settle', 'POST /api/logout', 'restart /']);
    expect(bodies).toEqual([{ everywhere: false }, { everywhere: true }]);
  });

  it('is deleted with its password; a guest has none', async () => {
    const { account, bodies, events } = world(() => null);
    await account.remove('secret');
    await account.remove();
    expect(bodies).toEqual([{ password: 'secret' }, {}]);
    expect(events).toContain('DELETE /api/account');
  });

  it('knows when its session ended without being asked to', () => {
    const { account } = world(() => null);
    account.heard(GUEST);
    account.heard({ ...GUEST, id: 2 });
    expect(account.ended).toBe(false);
    account.heard({ ...MINJI, id: 2 });
    account.heard({ ...GUEST, id: 3 });
    expect(account.ended).toBe(true);
    expect(account.isGuest).toBe(true);
  });
});
