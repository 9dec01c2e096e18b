/** Locks that all tabs of a browser share: Web Locks, as far as they are used here. */
export interface Locks {
  request<T>(
    name: string,
    options: { steal?: boolean; signal?: AbortSignal },
    act: () => Promise<T>,
  ): Promise<T>;
}

/** None in old browsers, nor over plain http. */
export function sharedLocks(window: Window): Locks | undefined {
  return window.navigator.locks as Locks | undefined;
}

/**
 * Does it when no other tab does it. Without locks at once; so also after `patienceMs`, because a tab that sleeps with the
 * lock must not hold up all others.
 */
export async function inTurn<T>(
  locks: Locks | undefined,
  name: string,
  patienceMs: number,
  act: () => Promise<T>,
): Promise<T> {
  if (!locks) return act();
  const turn: { begun?: Promise<T> } = {};
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {
      turn.begun = act();
      return turn.begun;
    });
  } catch {
    // Too late, or denied: before it had begun. What `act` itself throws is thrown here once more.
    return turn.begun ?? act();
  }
}
