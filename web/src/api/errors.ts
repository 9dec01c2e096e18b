/** The server answered, and the answer is no: RFC 9457. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  static async from(response: Response): Promise<ApiError> {
    const problem: unknown = await response.json().catch(() => null);
    const text = (key: string) => {
      const value = (problem as Record<string, unknown> | null)?.[key];
      return typeof value === 'string' ? value : null;
    };
    const message = text('detail') ?? text('title') ?? `HTTP ${response.status}`;
    return new ApiError(response.status, text('code') ?? 'unknown', message);
  }
}

/** No answer: the server is gone, the network is, or a proxy says so for them. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'Unreachable';
  }
}

/** Heard and refused for what it is: saying it again would not help, only hold up what follows. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status } = error;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}
