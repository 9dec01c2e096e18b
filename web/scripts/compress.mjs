/** Writes a .br and a .gz beside every file of the built app that is worth it; the server picks by Accept-Encoding. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(web, process.argv[2] ?? '../src/today_feeling/web/static');
const SUFFIXES = /\.(css|html|js|json|svg|tflite|wasm|webmanifest)$/;
const MIN_BYTES = 1024;
// Quality 11 takes minutes for the 9 MB of wasm and saves a tenth more.
const BROTLI_QUALITY = 9;

function brotli(content) {
  return promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

async function compress(path) {
  const content = readFileSync(path);
  if (content.length < MIN_BYTES) return;
  const variants = { br: await brotli(content), gz: await promisify(gzip)(content, { level: 6 }) };
  for (const [suffix, packed] of Object.entries(variants)) {
    if (packed.length < content.length) writeFileSync(`${path}.${suffix}`, packed);
  }
  if (content.length > 500_000) {
    const kilobytes = (bytes) => Math.round(bytes / 1000);
    console.log(
      `${relative(folder, path)}: ${kilobytes(content.length)} kB, br ${kilobytes(variants.br.length)} kB`,
    );
  }
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && SUFFIXES.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.map(compress));
