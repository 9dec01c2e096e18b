import type { AccountApi } from '../api/account';
import { AccountStore } from './account.svelte';
import { OtherTabs } from './other-tabs';

interface Concerned {
  /** Hands over all that still waits to be told. */
  settle(): Promise<void>;
  /** Drops what waits: whoever comes next must not be told what this one did. */
  forget(): void;
  /** Drops what this tab alone remembers of it. */
  wipe(): void;
  /** The page is being left by the same user: one last word. */
  leave(): void;
}

/** Whose page it is. With another user it begins anew, in all tabs of the browser, and nothing of the one before is told. */
export function createAccount(
  window: Window & typeof globalThis,
  api: AccountApi,
  { settle, forget, wipe, leave }: Concerned,
): AccountStore {
  let forgetful = false;
  const reload = () => {
    forgetful = true;
    wipe();
    window.location.reload();
  };
  const channel = (name: string) =>
    'BroadcastChannel' in window ? new window.BroadcastChannel(name) : undefined;
  const others = new OtherTabs(channel, reload);
  window.addEventListener('pagehide', () => forgetful || leave());
  return new AccountStore(api, {
    settle,
    restart: (address) => {
      forgetful = true;
      forget();
      wipe();
      others.tell();
      window.location.assign(address);
    },
    reload,
  });
}
