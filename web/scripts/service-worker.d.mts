import type { Plugin } from 'vite';

/** `entry`: the service worker's source, from the root. */
export function serviceWorker(entry: string): Plugin;
