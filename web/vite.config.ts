import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './scripts/service-worker.mjs';

/** `--mode golden` builds the page that the golden tests drive, apart from the app. */
const golden = {
  root: 'tests/golden',
  publicDir: false,
  build: { outDir: '../../dist-golden', rollupOptions: { input: 'tests/golden/golden.html' } },
} as const;

/** Has `npm run dev` serve the worker as one classic script too: Vite bundles workers only when it builds. */
function classicWorker(entry: string): Plugin {
  const bundle = async (): Promise<string> => {
    const built = await build({
      configFile: false,
      logLevel: 'warn',
      build: { write: false, lib: { entry: entry.slice(1), formats: ['iife'], name: 'worker' } },
    });
    const [output] = [built].flat();
    const chunk = output && 'output' in output ? output.output[0] : undefined;
    if (!chunk) throw new Error(`${entry} was not built`);
    return chunk.code;
  };
  return {
    name: 'classic-worker',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use(entry, (_, response, next) => {
        bundle().then((code) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(code);
        }, next);
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  ...(mode === 'golden' ? golden : {}),
  plugins:
    mode === 'golden'
      ? []
      : [
          svelte(),
          classicWorker('/src/vision/worker.ts'),
          serviceWorker('src/offline/service-worker.ts'),
        ],
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
