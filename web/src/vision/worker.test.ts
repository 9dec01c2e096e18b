import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from './messages';

// LiteRT needs a browser; nothing of it is reached here.
vi.mock('@litertjs/core', () => ({}));

/** What a worker sees of itself. */
interface Scope {
  postMessage(message: FromWorker): void;
  onmessage?: (event: { data: ToWorker }) => void;
}

afterEach(() => vi.unstubAllGlobals());

describe('the worker', () => {
  it('fetches nothing where there is no GPU: the next way begins at once', async () => {
    const said: FromWorker[] = [];
    const scope: Scope = { postMessage: (message) => said.push(message) };
    const fetched = vi.fn(() => new Promise<never>(() => undefined));
    vi.stubGlobal('self', scope);
    vi.stubGlobal('fetch', fetched);
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => null } });
    vi.stubGlobal('OffscreenCanvas', vi.fn());
    await import('./worker');
    const folders = {
      modelsUrl: 'http://localhost/models/',
      runtimeUrl: 'http://localhost/litert/',
    };
    scope.onmessage?.({ data: { kind: 'load', ...folders, backend: 'webgpu' } });
    await vi.waitFor(() => expect(said).toContainEqual(expect.objectContaining({ kind: 'unfit' })));
    expect(fetched).not.toHaveBeenCalled();
  });
});
