/** From the page to its service worker: the new version may take over. */
export const SKIP_WAITING = 'skip-waiting';
/** From the page to its service worker, with a port for the answer: which addresses did you ask for? */
export const TELL_REQUESTS = 'tell-requests';
