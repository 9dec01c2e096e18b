/** One field of the body that the server does not take, without `body.` in its name. */
export interface FieldProblem {
  field: string;
  code: string;
}

/** The server answered, and the answer is no: RFC 9457. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    /** Seconds until it is worth asking again, where the server says so. */
    readonly retryAfterS: number | null = null,
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
    const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
    return new ApiError(
      response.status,
      text('code') ?? 'unknown',
      message,
      fieldProblems((problem as { errors?: unknown } | null)?.errors),
      Number.isFinite(retryAfter) ? retryAfter : null,
    );
  }
}

function fieldProblems(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const { field, code } = (error ?? {}) as Record<string, unknown>;
    if (typeof field !== 'string') return [];
    const name = field.replace(/^body\./, '');
    return [{ field: name, code: typeof code === 'string' ? code : 'invalid' }];
  });
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

/** There is no session any more, or it is somebody else's by now. */
export function isLost(error: unknown): error is ApiError {
  return (
    error instanceof ApiError && (error.code === 'session_required' || error.code === 'other_user')
  );
}
