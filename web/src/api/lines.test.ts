import { describe, expect, it } from 'vitest';
import { linesOf } from './lines';

async function all(pieces: Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const found = [];
  for await (const line of linesOf(new Response(body))) found.push(line);
  return found;
}

describe('an answer in lines', () => {
  it('is the same however its bytes come', async () => {
    const bytes = new TextEncoder().encode('{"title":"밤"}\n{"title":"낮"}\n');
    const expected = [{ title: '밤' }, { title: '낮' }];
    expect(await all([bytes])).toEqual(expected);
    expect(await all([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it('lets go of the connection where nobody listens any more', async () => {
    let left = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('1\n')),
      cancel: () => void (left = true),
    });
    for await (const line of linesOf(new Response(body))) {
      expect(line).toBe(1);
      break;
    }
    expect(left).toBe(true);
  });
});
