import { describe, expect, it } from 'vitest';
import { matchRoute } from './router';

const at = (path: string) => matchRoute(`http://localhost:8000${path}`);

describe('router', () => {
  it.each([
    ['/', 'home'],
    ['/live', 'live'],
    ['/live/', 'live'],
    ['/today', 'today'],
    ['/genres', 'genres'],
    ['/sign-up', 'signUp'],
    ['/.well-known/change-password', 'profile'],
    ['/day/2026-11-23', 'today'],
    ['/statistics', 'statistics'],
    ['/statistics/all', 'statistics'],
    ['/statistics/month/2026-11/', 'statistics'],
  ])('%s leads to %s', (path, page) => {
    expect(at(path).page).toBe(page);
  });

  it.each(['/nowhere', '/live/more', '/TODAY', '/api/health', '/day', '/day/x/y'])(
    '%s leads nowhere',
    (path) => {
      expect(at(path).page).toBe('notFound');
    },
  );

  it('hands on the parts of an address that differ', () => {
    expect(at('/day/2026-11-23').parts).toEqual({ date: '2026-11-23' });
    expect(at('/statistics/month/2026-11').parts).toEqual({ period: 'month', when: '2026-11' });
    expect(at('/statistics/all').parts).toEqual({ period: 'all', when: undefined });
  });

  it('keeps what is asked for after the question mark', () => {
    const { query, address } = at('/today?date=2026-02-28#songs');
    expect(query.get('date')).toBe('2026-02-28');
    expect(address).toBe('/today?date=2026-02-28');
  });
});
