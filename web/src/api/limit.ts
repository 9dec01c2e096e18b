import type { Call } from './client';
import { Unreachable } from './errors';

/** Of a call, with all that it takes. */
const TIMEOUT_MS = 10_000;

/** Ends what takes too long; null where nobody waits for it, or somebody else says when to stop. */
export function limitOf({ keepalive, signal, timeoutMs = TIMEOUT_MS }: Call): AbortSignal | null {
  return keepalive || signal ? null : AbortSignal.timeout(timeoutMs);
}

/** What comes after the limit has not come. */
export function within<T>(limit: AbortSignal | null, promise: Promise<T>): Promise<T> {
  if (!limit) return promise;
  return new Promise((resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Unreachable(limit.reason)), { once: true });
    promise.then(resolve, reject);
  });
}
