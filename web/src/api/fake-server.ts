import { Api } from './client';

export interface Call {
  method: string;
  path: string;
  body: unknown;
  credentials: RequestCredentials | undefined;
  /** Whose session it is taken for. */
  user: string | null;
}

type Reply = Response | Error | Promise<Response>;

/** A server, and all that a client asks of it and hears. */
export function server(answer: (call: Call) => Reply, mayOpen = () => true) {
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

export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
export const session = (id = 1, guest = true) => json({ user: { id, guest, created_at: '' } });
export const problem = (status: number, code: string) =>
  json({ status, code, detail: 'no' }, status);
