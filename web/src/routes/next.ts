/** The way back after a login: `/login?next=/today`. */
import { matchRoute, PATHS } from './router';

const WITHOUT_WAY_BACK: readonly string[] = ['home', 'logIn', 'signUp', 'reset', 'notFound'];

/** `path` with the page to come back to, where that is worth it. */
export function withNext(path: string, from: string): string {
  const { page } = matchRoute(new URL(from, 'http://here').href);
  if (WITHOUT_WAY_BACK.includes(page)) return path;
  return `${path}?next=${encodeURIComponent(from)}`;
}

/** The page of ours that `?next=` names, else the start page: it may have been written by anyone. */
export function nextOf(query: URLSearchParams): string {
  const asked = query.get('next');
  if (!asked?.startsWith('/')) return PATHS.home;
  try {
    const url = new URL(asked, 'http://here');
    const route = matchRoute(url.href);
    const ours = url.origin === 'http://here' && !WITHOUT_WAY_BACK.includes(route.page);
    return ours ? route.address : PATHS.home;
  } catch {
    return PATHS.home;
  }
}
