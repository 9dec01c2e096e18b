import { describe, expect, it } from 'vitest';
import { json, problem, server, session } from './fake-server';

describe("a page whose session becomes somebody else's", () => {
  /** A server whose cookie is another tab's to change. */
  function world(before: [number, boolean], after: [number, boolean], code: string) {
    const state = { changed: false, opened: 0 };
    const made = server(({ path, user }) => {
      if (path === '/api/session') return session(...(state.opened++ ? after : before));
      if (!state.changed || user === String(after[0])) return json({});
      return problem(code === 'other_user' ? 409 : 401, code);
    });
    return { ...made, state };
  }
  const ANN: [number, boolean] = [1, false];
  const BOB: [number, boolean] = [2, false];
  const GUEST: [number, boolean] = [3, true];

  it('says with every request whose page it is', async () => {
    const { api, calls } = world(ANN, BOB, 'other_user');
    await api.preferences();
    await api.changePlay(1, { outcome: 'stopped' }, true);
    expect(calls.map(({ user }) => user)).toEqual([null, '1', '1']);
  });

  it('gives nothing of one account to the other, and says who is there now', async () => {
    const { api, calls, users, state } = world(ANN, BOB, 'other_user');
    await api.session();
    state.changed = true;
    const saving = api.savePreferences({ explicit: true });
    await expect(saving).rejects.toMatchObject({ code: 'other_user' });
    expect(calls.filter(({ path }) => path === '/api/preferences')).toHaveLength(1);
    expect(users).toEqual([1, 2]);
  });

  it.each([
    ['ended by itself', 'session_required', ANN],
    ["was a guest's", 'other_user', [4, true] as [number, boolean]],
  ])('goes on as a guest where its session %s', async (_, code, before) => {
    const { api, calls, state } = world(before, GUEST, code);
    await api.session();
    state.changed = true;
    await api.preferences();
    expect(calls.at(-1)).toMatchObject({ path: '/api/preferences', user: '3' });
  });

  it('never hands over what was seen of another, not even to a guest', async () => {
    const { api, calls, state } = world(ANN, GUEST, 'session_required');
    await api.session();
    state.changed = true;
    const refused = { code: 'other_user' };
    await expect(api.observe([], 1)).rejects.toMatchObject(refused);
    await expect(api.observe([], 1)).rejects.toMatchObject(refused);
    await expect(api.observe([], 1, true)).rejects.toMatchObject(refused);
    const sent = calls.filter(({ path }) => path === '/api/observations');
    expect(sent.map(({ user }) => user)).toEqual(['1']);
  });
});

describe('a browser that keeps no cookie', () => {
  it('is noticed by the second session that is unknown, and no third is opened', async () => {
    const { api, calls, forgotten } = server(({ path }) =>
      path === '/api/session' ? session(calls.length) : problem(401, 'session_required'),
    );
    const refused = { code: 'session_required' };
    await Promise.all([
      expect(api.preferences()).rejects.toMatchObject(refused),
      expect(api.catalogue()).rejects.toMatchObject(refused),
    ]);
    await expect(api.preferences()).rejects.toMatchObject({ code: 'cookies_refused' });
    expect(calls.filter(({ path }) => path === '/api/session')).toHaveLength(2);
    expect(forgotten).toEqual([true]);
  });
});
