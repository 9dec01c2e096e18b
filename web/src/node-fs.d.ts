/** The one thing that unit tests take from Node; all of @types/node would let the app use it too. */
declare module 'node:fs' {
  export function readFileSync(path: string | URL): Uint8Array<ArrayBuffer>;
  export function readFileSync(path: string | URL, encoding: 'utf8'): string;
}
