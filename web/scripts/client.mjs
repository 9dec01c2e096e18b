// Writes src/api/generated.ts from docs/openapi.json; with --check it only fails where they differ.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/api/generated.ts', import.meta.url);

const types = await openapiTS(document, {
  // A body may leave out what has a default.
  defaultNonNullable: false,
});
const text = `// Made from docs/openapi.json by \`make client\`: do not edit.\n\n${astToString(types)}`;

if (!process.argv.includes('--check')) {
  await writeFile(target, text);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
  console.error('src/api/generated.ts is not what docs/openapi.json says: run `make client`.');
  process.exit(1);
}
