import { ApiError, Unreachable } from './errors';
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

const TIMEOUT_MS = 10_000;
const GATEWAY_STATUSES = [502, 503, 504];

interface ApiOptions {
  fetch: typeof fetch;
  /** Told after every request whether the server was there. */
  onReachable?: (reachable: boolean) => void;
  /** Whether there may be a session at all. */
  mayOpen?: () => boolean;
  /** Told whose session it is, whenever one was opened. */
  onSession?: (user: User) => void;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a text with a `contentType` as it is. */
  body?: unknown;
  contentType?: string;
  /** The request outlives the page. */
  keepalive?: boolean;
  /** How long to wait for the answer. */
  timeoutMs?: number;
  /** Ends the request, and the answer where it still comes. Waits as long as it takes. */
  signal?: AbortSignal;
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

/** Every call waits for the session, and opens it once if it is not there yet. */
export class Api {
  #session: Promise<User> | null = null;

  constructor(private readonly options: ApiOptions) {}

  async session(): Promise<User> {
    this.#mustBeAllowed();
    this.#session ??= this.#send<Answer<'SessionOut'>>('/api/session', { method: 'POST' })
      .then(({ user }) => {
        this.options.onSession?.(user);
        return user;
      })
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

  observe = (observations: Observation[], keepalive = false) =>
    this.#call<unknown>('/api/observations', { method: 'POST', body: { observations }, keepalive });

  /** Whose session there is; opens none. */
  async look(): Promise<void> {
    const { user } = await this.#send<Answer<'AccountOut'>>('/api/account');
    this.options.onSession?.(user);
  }

  /** A request that needs no session, and tells of none that there is. */
  readonly askOpenly: Ask = (path, call) => this.#send(path, { ...call, nameless: true });

  readonly ask: Ask = (path, call) => this.#call(path, call);

  readonly listen: Listen = (path, call) => this.#listen(path, call);

  async *#listen<T>(path: Address, call?: Call): AsyncGenerator<T> {
    yield* linesOf<T>(await this.#call(path, call, async (response) => response));
  }

  async #call<T>(path: Address, call: Call = {}, read: Read<T> = whole): Promise<T> {
    // A page that is being left gets no second turn to wait in.
    if (!call.keepalive) await this.session();
    this.#mustBeAllowed(); // it may have changed while the session was opened
    try {
      return await this.#send(path, call, read);
    } catch (error) {
      const lost = error instanceof ApiError && error.code === 'session_required';
      if (!lost || call.keepalive) throw error;
      this.#session = null;
      await this.session();
      return this.#send(path, call, read);
    }
  }

  #mustBeAllowed(): void {
    if (this.options.mayOpen?.() === false) {
      throw new ApiError(403, 'traceless', 'Nothing is to be stored.');
    }
  }

  async #send<T>(path: Address, call: Call = {}, read: Read<T> = whole): Promise<T> {
    const response = await this.#fetch(path, call);
    if (!response.ok) throw await ApiError.from(response);
    return read(response);
  }

  async #fetch(path: Address, call: Call): Promise<Response> {
    const {
      method = 'GET',
      body,
      contentType,
      keepalive = false,
      timeoutMs = TIMEOUT_MS,
      signal,
      nameless = false,
    } = call;
    const asItIs = contentType !== undefined && typeof body === 'string';
    const json = body === undefined ? null : JSON.stringify(body);
    let response: Response;
    try {
      response = await this.options.fetch(path, {
        method,
        keepalive,
        credentials: nameless ? 'omit' : 'same-origin',
        headers: json === null ? {} : { 'Content-Type': contentType ?? 'application/json' },
        body: asItIs ? body : json,
        signal: signal ?? (keepalive ? null : AbortSignal.timeout(timeoutMs)),
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
