import { describe, expect, it } from 'vitest';
import { nextOf, withNext } from './next';

const next = (address: string) => nextOf(new URLSearchParams({ next: address }));

describe('the way back', () => {
  it('goes along to the login and comes out the same', () => {
    const login = new URL(withNext('/login', '/today?a=1&b=2'), 'http://here');
    expect(login.pathname).toBe('/login');
    expect(nextOf(login.searchParams)).toBe('/today?a=1&b=2');
  });

  it.each(['/', '/login', '/sign-up?next=/today', '/reset', '/nowhere'])(
    'is not offered from %s',
    (from) => {
      expect(withNext('/login', from)).toBe('/login');
    },
  );

  it.each([
    '//evil.example/today',
    '/\\evil.example/today',
    '/\t/evil.example/today',
    'https://evil.example/today',
    'javascript:alert(1)',
    'today',
    '//',
    '/login',
    '',
  ])('never leads to %j', (address) => {
    expect(next(address)).toBe('/');
  });

  it('is the start page where none is named', () => {
    expect(nextOf(new URLSearchParams())).toBe('/');
  });
});
