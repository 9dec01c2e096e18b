/** From the page to its service worker: the new version may take over. */
export const SKIP_WAITING = 'skip-waiting';
