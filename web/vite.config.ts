import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** `--mode golden` builds the page that the golden tests drive, apart from the app. */
const golden = {
  root: 'tests/golden',
  publicDir: false,
  build: { outDir: '../../dist-golden', rollupOptions: { input: 'tests/golden/golden.html' } },
} as const;

export default defineConfig(({ mode }) => ({
  ...(mode === 'golden' ? golden : {}),
  plugins: mode === 'golden' ? [] : [svelte()],
  // LiteRT.js loads its wasm by importScripts, which only a classic worker has.
  worker: { format: 'iife' },
  build: {
    outDir: '../src/today_feeling/web/static',
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL would need holes in the content security policy.
    assetsInlineLimit: 0,
    ...(mode === 'golden' ? golden.build : {}),
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/models': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.ts'] },
}));
