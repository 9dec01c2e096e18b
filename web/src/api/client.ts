import { ApiError, isLost, Unreachable } from './errors';
import { limitOf, within } from './limit';
import { linesOf } from './lines';
import type { Address, Answer } from './schema';
import type {
  Catalogue,
  FailureCode,
  Observation,
  Play,
  PlayChange,
  Preferences,
  Recommendation,
  Track,
  User,
} from './types';

const GATEWAY_STATUSES = [502, 503, 504];

interface ApiOptions {
  fetch: typeof fetch;
  /** Told after every request whether the server was there. */
  onReachable?: (reachable: boolean) => void;
  /** Whether there may be a session at all. */
  mayOpen?: () => boolean;
  /** Told whose session it is, whenever one was opened. */
  onSession?: (user: User) => void;
  /** Told that this browser keeps no cookie: a session that was just opened is unknown again. */
  onForgotten?: () => void;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a text with a `contentType` as it is. */
  body?: unknown;
  contentType?: string;
  /** The request outlives the page. */
  keepalive?: boolean;
  /** How long to wait for the answer, with all that it takes: a session, and a second try. */
  timeoutMs?: number;
  /** Ends the request, and the answer where it still comes. Waits as long as it takes. */
  signal?: AbortSignal;
  /** Who alone may have it; else whoever has the session. */
  owner?: User['id'] | null;
  /** Says not whose page it is: no cookie goes along, and none is taken. */
  nameless?: boolean;
}

/** One request within the session; the parts of the API that have a file of their own get it. */
export type Ask = <T>(path: Address, call?: Call) => Promise<T>;

/** The same, where the answer is told line by line. */
export type Listen = <T>(path: Address, call?: Call) => AsyncGenerator<T>;

type Read<T> = (response: Response) => Promise<T>;

async function whole<T>(response: Response): Promise<T> {
  return (response.status === 204 ? null : await response.json()) as T;
}

function mayHaveIt(call: Call, user: User): void {
  if (call.owner == null || call.owner === user.id) return;
  throw new ApiError(409, 'other_user', "It is another user's.");
}

/** Every call waits for the session, and opens it once if it is not there yet. */
export class Api {
  #session: Promise<User> | null = null;
  /** Whose session it is, as far as anybody said. */
  #user: User | null = null;
  #forgotten = false;

  constructor(private readonly options: ApiOptions) {}

  async session(): Promise<User> {
    return this.#open();
  }

  /** The same promise for all, until the session is lost. */
  #open(): Promise<User> {
    this.#mustBeAllowed();
    // Another would be forgotten, too, and leave another guest behind.
    if (this.#forgotten) throw new ApiError(401, 'cookies_refused', 'No session is kept here.');
    this.#session ??= this.#send<Answer<'SessionOut'>>('/api/session', { method: 'POST' })
      .then(({ user }) => this.#heard(user))
      .catch((error: unknown) => {
        this.#session = null;
        throw error;
      });
    return this.#session;
  }

  /** Nobody need say who asks. */
  health = () => this.#send<Answer<'HealthOut'>>('/api/health', { nameless: true });

  preferences = () => this.#call<Preferences>('/api/preferences');

  /** Only what is named in `change`. */
  savePreferences = (change: Partial<Preferences>) =>
    this.#call<Preferences>('/api/preferences', { method: 'PATCH', body: change });

  catalogue = () => this.#call<Catalogue>('/api/catalogue');

  startPlay = (recommendationId: Recommendation['id']) =>
    this.#call<Play>('/api/plays', {
      method: 'POST',
      body: { recommendation_id: recommendationId },
    });

  changePlay = (id: Play['id'], change: PlayChange, keepalive = false) =>
    this.#call<unknown>(`/api/plays/${id}`, { method: 'PATCH', body: change, keepalive });

  reportFailure = (trackId: Track['id'], code: FailureCode) =>
    this.#call<unknown>(`/api/tracks/${trackId}/failures`, { method: 'POST', body: { code } });

  /** `owner`: who was seen, and null where nobody knew yet whose page it is. */
  observe = (observations: Observation[], owner: User['id'] | null, keepalive = false) =>
    this.#call<unknown>('/api/observations', {
      method: 'POST',
      body: { observations },
      owner,
      keepalive,
    });

  /** Whose session there is; opens none. */
  async look(): Promise<void> {
    const { user } = await this.#send<Answer<'AccountOut'>>('/api/account');
    this.#heard(user);
  }

  /** A request that needs no session, and tells of none that there is. */
  readonly askOpenly: Ask = (path, call) => this.#send(path, { ...call, nameless: true });

  readonly ask: Ask = (path, call) => this.#call(path, call);

  readonly listen: Listen = (path, call) => this.#listen(path, call);

  async *#listen<T>(path: Address, call?: Call): AsyncGenerator<T> {
    yield* linesOf<T>(await this.#call(path, call, async (response) => response));
  }

  async #call<T>(path: Address, call: Call = {}, read: Read<T> = whole): Promise<T> {
    const limit = limitOf(call);
    // A page that is being left gets no second turn to wait in.
    const session = call.keepalive ? null : this.#open();
    const user = session ? await within(limit, session) : this.#user;
    this.#mustBeAllowed(); // it may have changed while the session was opened
    if (user) mayHaveIt(call, user);
    try {
      return await this.#send(path, call, read, limit, user);
    } catch (error) {
      if (!session || !user || !isLost(error)) throw error;
      const now = await within(limit, this.#renew(session));
      // A guest takes over where a session ended by itself; nobody gets what was somebody else's.
      const ended = error.code === 'session_required';
      if (now.id !== user.id && !(now.guest && (user.guest || ended))) throw error;
      mayHaveIt(call, now);
      return await this.#send(path, call, read, limit, now).catch((again: unknown) => {
        if (isLost(again) && again.code === 'session_required') this.#forget();
        throw again;
      });
    }
  }

  /** Another session than the one that is lost, once for all calls that lost it. */
  #renew(lost: Promise<User>): Promise<User> {
    if (this.#session === lost) this.#session = null;
    return this.#open();
  }

  #heard(user: User): User {
    this.#user = user;
    this.options.onSession?.(user);
    return user;
  }

  #forget(): void {
    if (this.#forgotten) return;
    this.#forgotten = true;
    this.options.onForgotten?.();
  }

  #mustBeAllowed(): void {
    if (this.options.mayOpen?.() === false) {
      throw new ApiError(403, 'traceless', 'Nothing is to be stored.');
    }
  }

  async #send<T>(
    path: Address,
    call: Call = {},
    read: Read<T> = whole,
    limit = limitOf(call),
    user: User | null = null,
  ): Promise<T> {
    const response = await this.#fetch(path, call, limit, call.owner ?? user?.id);
    if (!response.ok) throw await ApiError.from(response);
    return read(response);
  }

  async #fetch(
    path: Address,
    call: Call,
    limit: AbortSignal | null,
    owner: User['id'] | undefined,
  ): Promise<Response> {
    const { method = 'GET', body, contentType, keepalive = false, signal, nameless = false } = call;
    const asItIs = contentType !== undefined && typeof body === 'string';
    const json = body === undefined ? null : JSON.stringify(body);
    let response: Response;
    try {
      response = await this.options.fetch(path, {
        method,
        keepalive,
        credentials: nameless ? 'omit' : 'same-origin',
        headers: {
          ...(json !== null && { 'Content-Type': contentType ?? 'application/json' }),
          // Another tab may have logged somebody else in: the server says so then.
          ...(owner !== undefined && { 'Today-Feeling-User': String(owner) }),
        },
        body: asItIs ? body : json,
        signal: signal ?? limit,
      });
    } catch (error) {
      signal?.throwIfAborted(); // nobody wants to know any more
      this.options.onReachable?.(false);
      throw new Unreachable(error);
    }
    const reachable = !GATEWAY_STATUSES.includes(response.status);
    this.options.onReachable?.(reachable);
    if (!reachable) throw new Unreachable(`HTTP ${response.status}`);
    return response;
  }
}
