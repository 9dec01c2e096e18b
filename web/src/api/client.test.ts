import { describe, expect, it, vi } from 'vitest';
import { Api } from './client';
import { ApiError, Unreachable } from './errors';
import { listeningApi } from './listening';
import { Outbox } from './outbox';

interface Call {
  method: string;
  path: string;
  body: unknown;
  credentials: RequestCredentials | undefined;
  /** Whose session it is taken for. */
  user: string | null;
}

type Reply = Response | Error | Promise<Response>;

function server(answer: (call: Call) => Reply, mayOpen = () => true) {
  const calls: Call[] = [];
  const reachable: boolean[] = [];
  const users: unknown[] = [];
  const forgotten: true[] = [];
  const api = new Api({
    fetch: async (input, init) => {
      const body: unknown = init?.body ? JSON.parse(String(init.body)) : null;
      const { method = 'GET', credentials } = init ?? {};
      const user = new Headers(init?.headers).get('Today-Feeling-User');
      const call = { method, path: String(input), body, credentials, user };
      calls.push(call);
      const aborted = new Promise<never>((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
      const response = await Promise.race([answer(call), aborted]);
      if (response instanceof Error) throw response;
      return response;
    },
    onReachable: (yes) => reachable.push(yes),
    mayOpen,
    onSession: ({ id }) => users.push(id),
    onForgotten: () => forgotten.push(true),
  });
  return { api, calls, reachable, users, forgotten };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const session = (id = 1, guest = true) => json({ user: { id, guest, created_at: '' } });
const problem = (status: number, code: string) => json({ status, code, detail: 'no' }, status);

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

describe('the outbox', () => {
  it('says things in order, and keeps them while nobody hears', async () => {
    const heard: string[] = [];
    let gone = true;
    const say = (word: string) => async () => {
      if (gone) throw new Unreachable('gone');
      heard.push(word);
    };
    const outbox = new Outbox();
    outbox.add(say('one'));
    outbox.add(say('two'));
    await outbox.kick();
    expect(outbox.waiting).toBe(2);
    gone = false;
    await outbox.kick();
    expect(heard).toEqual(['one', 'two']);
  });

  it('goes on after something that was refused', async () => {
    const heard: string[] = [];
    const outbox = new Outbox();
    outbox.add(async () => {
      throw new ApiError(404, 'not_found', 'no');
    });
    outbox.add(async () => heard.push('two'));
    await outbox.kick();
    expect(heard).toEqual(['two']);
  });

  it.each([401, 429, 500])('keeps what the server cannot take now, HTTP %d', async (status) => {
    const heard: string[] = [];
    let busy = true;
    const outbox = new Outbox();
    outbox.add(async () => {
      if (busy) throw new ApiError(status, 'unknown', 'not now');
      heard.push('one');
    });
    outbox.add(async () => heard.push('two'));
    await outbox.kick();
    expect(heard).toEqual([]);
    busy = false;
    await outbox.kick();
    expect(heard).toEqual(['one', 'two']);
  });
});
