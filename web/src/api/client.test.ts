import { describe, expect, it, vi } from 'vitest';
import { ApiError, Unreachable } from './errors';
import { json, problem, server, session } from './fake-server';
import { listeningApi } from './listening';

describe('the API client', () => {
  it('opens one session before anything else, however many calls there are', async () => {
    const { api, calls } = server(({ path }) => (path === '/api/session' ? session() : json({})));
    await Promise.all([api.preferences(), api.catalogue()]);
    expect(calls.map(({ path }) => path)).toEqual([
      '/api/session',
      '/api/preferences',
      '/api/catalogue',
    ]);
  });

  it('opens a new session where the old one is no longer known, once', async () => {
    let known = false;
    const { api, calls, users } = server(({ path }) => {
      if (path !== '/api/session') return known ? json({}) : problem(401, 'session_required');
      known = calls.length > 1;
      return session();
    });
    await api.preferences();
    expect(calls).toHaveLength(4);
    expect(users).toEqual([1, 1]);
  });

  it('takes another 401 for the answer that it is', async () => {
    const { api, calls } = server(({ path }) =>
      path === '/api/session' ? session() : problem(401, 'wrong_credentials'),
    );
    await expect(api.ask('/api/login')).rejects.toMatchObject({ code: 'wrong_credentials' });
    expect(calls).toHaveLength(2);
  });

  it('names the fields that are wrong, and when to come again', async () => {
    const errors = [{ field: 'body.login_id', code: 'taken', message: '' }, 'nonsense', null];
    const { api } = server(({ path }) =>
      path === '/api/session'
        ? session()
        : new Response(JSON.stringify({ code: 'invalid_input', errors }), {
            status: 422,
            headers: { 'Retry-After': '30' },
          }),
    );
    await expect(api.ask('/api/account')).rejects.toMatchObject({
      fields: [{ field: 'login_id', code: 'taken' }],
      retryAfterS: 30,
    });
  });

  it('asks for music as docs/api.md says', async () => {
    const { api, calls } = server(({ path }) => (path === '/api/session' ? session() : json({})));
    const wish = {
      emotion: null,
      origin: 'random',
      confidence: null,
      probabilities: null,
    } as const;
    const queue = { waiting: [], without: [7], length: 5, playing: null, fresh: true, step: 0 };
    const request = { ...queue, unavailable: ['youtube'] as const };
    await listeningApi(api.ask).plan({ ...wish, situation: 'work' }, 'focus', request);
    expect(calls[1]).toMatchObject({
      method: 'POST',
      path: '/api/queue',
      body: { ...wish, ...queue, goal: 'focus', unavailable_sources: ['youtube'] },
    });
    expect(calls[1]?.body).not.toHaveProperty('situation');
  });

  it('tells a refusal by its code', async () => {
    const { api } = server(({ path }) =>
      path === '/api/session' ? session() : problem(409, 'nothing_to_play'),
    );
    const error = await api.catalogue().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: 'nothing_to_play', message: 'no' });
  });

  it('tells a refusal that is no JSON', async () => {
    const { api } = server(() => new Response('<h1>oops</h1>', { status: 500 }));
    await expect(api.health()).rejects.toMatchObject({ status: 500, code: 'unknown' });
  });

  it.each([new TypeError('Failed to fetch'), new Response('', { status: 502 })])(
    'notices that the server is gone',
    async (answer) => {
      const { api, reachable } = server(() => answer);
      await expect(api.health()).rejects.toBeInstanceOf(Unreachable);
      expect(reachable.at(-1)).toBe(false);
    },
  );
});

describe('a server that does not answer', () => {
  it('is waited for no longer than a call may take, whatever the call has begun', async () => {
    const slow = () => new Promise<Response>(() => undefined);
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const { api, calls } = server(({ path }) => (path === '/api/session' ? session() : slow()));
    const opened = await api.session();
    const asked = api.preferences();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    limit.abort();
    await expect(asked).rejects.toBeInstanceOf(Unreachable);
    // One limit for the session, and one for all of the call.
    expect(opened.id).toBe(1);
    expect(timeout).toHaveBeenCalledTimes(2);
    timeout.mockRestore();
  });

  it('holds up nobody who waits for a session', async () => {
    const limit = new AbortController();
    const { api } = server(() => new Promise<Response>(() => undefined));
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const asked = api.preferences();
    limit.abort();
    await expect(asked).rejects.toBeInstanceOf(Unreachable);
    timeout.mockRestore();
  });
});

describe('where nothing is to be stored', () => {
  it('nothing of a session is sent, not even by a page that is being left', async () => {
    let allowed = true;
    const { api, calls } = server(
      ({ path }) => (path === '/api/session' ? session() : json({})),
      () => allowed,
    );
    await api.session();
    allowed = false;
    const refused = { code: 'traceless' };
    await expect(api.preferences()).rejects.toMatchObject(refused);
    await expect(api.changePlay(1, { outcome: 'stopped' }, true)).rejects.toMatchObject(refused);
    await expect(api.observe([], null, true)).rejects.toMatchObject(refused);
    expect(calls).toHaveLength(1);
  });

  it('what waited for its session while that was said is not sent', async () => {
    let allowed = true;
    const { api, calls } = server(
      () => session(),
      () => allowed,
    );
    const saving = api.savePreferences({ explicit: true });
    allowed = false;
    await expect(saving).rejects.toMatchObject({ code: 'traceless' });
    expect(calls.map(({ path }) => path)).toEqual(['/api/session']);
  });

  it('a question tells of no session that there was before', async () => {
    const { api, calls } = server(() => session());
    await api.session();
    await api.askOpenly('/api/private/queue', { method: 'POST', body: {} });
    expect(calls.map(({ credentials }) => credentials)).toEqual(['same-origin', 'omit']);
  });
});
