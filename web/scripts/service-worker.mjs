/** A Vite plugin that builds /sw.js, which knows by name every file that the app needs without a network. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';

/** Fonts, models and the models' runtime are kept when they are first used; see src/offline/service-worker.ts. */
const SHELL = /^(index\.html|manifest\.webmanifest|icon[^/]*|assets\/[^/]+\.(js|css))$/;

/** The shell's files, each with a revision where its name does not hold its hash already. */
function shell(folder) {
  const revision = (name) =>
    createHash('sha256')
      .update(readFileSync(resolve(folder, name)))
      .digest('hex')
      .slice(0, 16);
  return readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => SHELL.test(name))
    .sort()
    .map((name) => ({
      url: `/${name}`,
      revision: name.startsWith('assets/') ? null : revision(name),
    }));
}

export function serviceWorker(entry) {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    // Only after all other files are written are their names known.
    async closeBundle(error) {
      if (error) return;
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: {
          __SHELL__: JSON.stringify(shell(folder)),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          target: 'es2022',
          outDir: folder,
          emptyOutDir: false,
          lib: { entry, formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
        },
      });
    },
  };
}
