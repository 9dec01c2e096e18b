/**
 * Keeps the app usable without a network: its shell from the first visit on, models and letters from their first
 * use on. Nothing of the API is ever kept: what is personal stays on the server.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, NetworkOnly } from 'workbox-strategies';
import { SKIP_WAITING, TELL_REQUESTS } from './messages';

declare const self: ServiceWorkerGlobalScope;
/** The built files with a revision where their name has none; put in by vite.config.ts. */
declare const __SHELL__: { url: string; revision: string | null }[];

// The page "What leaves this device" asks for all of them; a browser keeps 250 by itself.
performance.setResourceTimingBufferSize(2_000);

/** A server that takes longer is as good as none. */
const PATIENCE_S = 5;
/** A proxy whose server is gone answers too. */
const HALE = {
  fetchDidSucceed: async ({ response }: { response: Response }) => {
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    return response;
  },
};

// "/" is a page like the others: from the network where there is one.
precacheAndRoute(__SHELL__, { directoryIndex: '', cleanURLs: false });
cleanupOutdatedCaches();

registerRoute(
  new NavigationRoute(
    new NetworkOnly({
      networkTimeoutSeconds: PATIENCE_S,
      plugins: [HALE, { handlerDidError: () => matchPrecache('/index.html') }],
    }),
    { denylist: [/^\/api\//, /^\/docs$/, /^\/openapi\.json$/] },
  ),
);

// Their names say nothing of their contents, so the network is asked first; it says "not modified" mostly.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/(models|litert)\//.test(url.pathname),
  // A worker that crashes asks for them anew, and must not wait for a server that is gone.
  new NetworkFirst({ cacheName: 'models', networkTimeoutSeconds: PATIENCE_S, plugins: [HALE] }),
);
// Letters come in a hundred pieces, of which a page needs a few.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/assets\/.*\.woff2$/.test(url.pathname),
  new CacheFirst({ cacheName: 'fonts' }),
);

// Sounds and pictures of a page carry its cookies, ask as it may. Those of the mode in which nothing is stored go without.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/api/private/'),
  ({ request }) => {
    const range = request.headers.get('range');
    return fetch(request.url, {
      credentials: 'omit',
      headers: range === null ? {} : { range },
      signal: request.signal,
    });
  },
);

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
// A new version waits until the user wants it: a page that is open needs the files of its own.
self.addEventListener('message', (event) => {
  if (event.data === SKIP_WAITING) void self.skipWaiting();
  if (event.data === TELL_REQUESTS) {
    const entries = performance.getEntriesByType('resource');
    event.ports[0]?.postMessage(entries.map(({ name }) => name));
  }
});
