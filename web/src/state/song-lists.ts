/** From what somebody pastes or chooses to what the server reads; no DOM here. */
import type { SongList } from '../api/songs';

/** Of a file; its request holds a third more. */
export const MOST_BYTES = 1_000_000;

/** The server would not take it. */
export class TooBig extends Error {}

/** The file as it is: whatever it is written in, the server reads it as `catalogue import` does. */
export async function listOfFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>) {
  if (file.size > MOST_BYTES) throw new TooBig();
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name.slice(-200), file: base64(bytes) } satisfies SongList;
}

export function listOfText(text: string): SongList {
  if (new TextEncoder().encode(text).length > MOST_BYTES) throw new TooBig();
  return { pasted: text };
}

function base64(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

/** As many as the server takes at once. */
const AT_ONCE = 20;
/** Of a request, which holds 96 KB: twenty songs with names of an ordinary length are far from it. */
const MOST_REQUEST_BYTES = 90_000;

/** So many of the first items as fit into one request, at least one. */
export function firstPart<T>(items: readonly T[]): T[] {
  let bytes = 0;
  const fits = (item: T) =>
    (bytes += new TextEncoder().encode(JSON.stringify(item)).length + 1) <= MOST_REQUEST_BYTES;
  const end = items.slice(0, AT_ONCE).findIndex((item, i) => !fits(item) && i > 0);
  return items.slice(0, end < 0 ? AT_ONCE : end);
}
