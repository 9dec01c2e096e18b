/**
 * Puts the files that the app needs, but that are not ours to commit, where it looks for them: the face detectors of
 * @mediapipe/face_detection into ../models (checked against the sha256 in their cards) and LiteRT's runtime into
 * public/litert.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const models = join(web, '..', 'models');
const packages = join(web, 'node_modules');
const runtime = join(web, 'public', 'litert');

const DETECTORS = ['face_detection_short_range', 'face_detection_full_range'];
// Relaxed SIMD where the browser has it, plain SIMD elsewhere, threads where the page is isolated: LiteRT.js picks one.
const RUNTIME = [
  'litert_wasm_internal',
  'litert_wasm_compat_internal',
  'litert_wasm_threaded_internal',
];

/** A problem that its reader can do something about; needs no stack trace. */
class AssetError extends Error {}

function read(path, advice) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AssetError(`${path} cannot be read (${error.code}): ${advice}`);
  }
}

/** Writes only what differs, so that a watching server does not reload for nothing. */
function put(path, content) {
  if (!existsSync(path) || !readFileSync(path).equals(content)) writeFileSync(path, content);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function copyDetector(name) {
  const cardPath = join(models, `${name}.json`);
  const card = JSON.parse(
    read(cardPath, 'every model has a card, which is part of the repository').toString(),
  );
  const source = join(packages, card.source.package, card.source.path);
  const content = read(source, 'run `npm ci` in web/ first');
  if (sha256(content) !== card.sha256) {
    throw new AssetError(
      `${source} has sha256 ${sha256(content)}, but ${cardPath} says ${card.sha256}`,
    );
  }
  put(join(models, card.file), content);
}

function copyRuntime(name) {
  for (const suffix of ['js', 'wasm']) {
    const file = `${name}.${suffix}`;
    put(
      join(runtime, file),
      read(join(packages, '@litertjs', 'core', 'wasm', file), 'run `npm ci` in web/ first'),
    );
  }
}

try {
  DETECTORS.forEach(copyDetector);
  mkdirSync(runtime, { recursive: true });
  RUNTIME.forEach(copyRuntime);
} catch (error) {
  if (!(error instanceof AssetError)) throw error;
  console.error(`assets: ${error.message}`);
  process.exitCode = 1;
}
