import { ApiError, Unreachable } from './errors';
import type {
  Catalogue,
  Day,
  FailureCode,
  Observation,
  Play,
  PlayChange,
  Preferences,
  Recommendation,
  Source,
  User,
  Wish,
} from './types';

const TIMEOUT_MS = 10_000;
const GATEWAY_STATUSES = [502, 503, 504];

type Id = number | string;

interface ApiOptions {
  fetch: typeof fetch;
  /** Told after every request whether the server was there. */
  onReachable?: (reachable: boolean) => void;
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  body?: unknown;
  /** The request outlives the page. */
  keepalive?: boolean;
}

/** Every call waits for the session, and opens it once if it is not there yet. */
export class Api {
  #session: Promise<User> | null = null;

  constructor(private readonly options: ApiOptions) {}

  session(): Promise<User> {
    this.#session ??= this.#send<{ user: User }>('/api/session', { method: 'POST' })
      .then(({ user }) => user)
      .catch((error: unknown) => {
        this.#session = null;
        throw error;
      });
    return this.#session;
  }

  health = () => this.#send<{ status: string; version: string }>('/api/health');

  preferences = () => this.#call<Preferences>('/api/preferences');

  savePreferences = (preferences: Preferences) =>
    this.#call<Preferences>('/api/preferences', { method: 'PUT', body: preferences });

  catalogue = () => this.#call<Catalogue>('/api/catalogue');

  recommend = (wish: Wish, unavailable: Source[]) =>
    this.#call<Recommendation>('/api/recommendations', {
      method: 'POST',
      body: { ...wish, unavailable_sources: unavailable },
    });

  startPlay = (recommendationId: Id) =>
    this.#call<Play>('/api/plays', {
      method: 'POST',
      body: { recommendation_id: recommendationId },
    });

  changePlay = (id: Id, change: PlayChange, keepalive = false) =>
    this.#call<unknown>(`/api/plays/${id}`, { method: 'PATCH', body: change, keepalive });

  reportFailure = (trackId: Id, code: FailureCode) =>
    this.#call<unknown>(`/api/tracks/${trackId}/failures`, { method: 'POST', body: { code } });

  observe = (observations: Observation[], keepalive = false) =>
    this.#call<unknown>('/api/observations', { method: 'POST', body: { observations }, keepalive });

  day = (date: string, timezone: string) =>
    this.#call<Day>(`/api/diary/${date}?timezone=${encodeURIComponent(timezone)}`);

  async #call<T>(path: string, call: Call = {}): Promise<T> {
    // A page that is being left gets no second turn to wait in.
    if (!call.keepalive) await this.session();
    try {
      return await this.#send<T>(path, call);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401) || call.keepalive) throw error;
      this.#session = null;
      await this.session();
      return this.#send<T>(path, call);
    }
  }

  async #send<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#fetch(path, call);
    if (!response.ok) throw await ApiError.from(response);
    return (response.status === 204 ? null : await response.json()) as T;
  }

  async #fetch(path: string, { method = 'GET', body, keepalive = false }: Call): Promise<Response> {
    let response: Response;
    try {
      response = await this.options.fetch(path, {
        method,
        keepalive,
        credentials: 'same-origin',
        headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: keepalive ? null : AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      this.options.onReachable?.(false);
      throw new Unreachable(error);
    }
    const reachable = !GATEWAY_STATUSES.includes(response.status);
    this.options.onReachable?.(reachable);
    if (!reachable) throw new Unreachable(`HTTP ${response.status}`);
    return response;
  }
}
