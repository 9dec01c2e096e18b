import { afterEach, describe, expect, it, vi } from 'vitest';
import { newUuid } from './uuid';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a new id', () => {
  it('is a random UUID, also where the page came over plain http', () => {
    const { getRandomValues } = crypto;
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
    const ids = Array.from({ length: 100 }, newUuid);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(ids).size).toBe(100);
  });
});
