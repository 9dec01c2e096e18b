/** The pages and their addresses; no DOM here. */

export const PATHS = {
  home: '/',
  live: '/live',
  coach: '/camera',
  today: '/today',
  statistics: '/statistics',
  data: '/data',
  genres: '/genres',
  taste: '/taste',
  songs: '/songs',
  settings: '/settings',
  privacy: '/privacy',
  profile: '/profile',
  logIn: '/login',
  signUp: '/sign-up',
  reset: '/reset',
} as const;

/** Addresses with a part that differs; what a part may be, its page judges. */
const PATTERNS = {
  // Where password managers look for it (W3C, A Well-Known URL for Changing Passwords).
  profile: /^\/\.well-known\/change-password$/,
  today: /^\/day\/(?<date>[^/]+)$/,
  statistics: /^\/statistics\/(?<period>[^/]+)(?:\/(?<when>[^/]+))?$/,
} as const satisfies Partial<Record<keyof typeof PATHS, RegExp>>;

export type PageName = keyof typeof PATHS;

export interface Route {
  page: PageName | 'notFound';
  /** The named parts of an address of `PATTERNS`. */
  parts: Readonly<Record<string, string | undefined>>;
  query: URLSearchParams;
  /** Path and query, to come back to. */
  address: string;
}

export function matchRoute(href: string): Route {
  const url = new URL(href);
  const path = url.pathname.replace(/\/+$/, '') || '/';
  const query = url.searchParams;
  const address = path + url.search;
  const found = (Object.entries(PATHS) as [PageName, string][]).find(([, p]) => p === path);
  if (found) return { page: found[0], parts: {}, query, address };
  for (const [page, pattern] of Object.entries(PATTERNS) as [PageName, RegExp][]) {
    const match = pattern.exec(path);
    if (match) return { page, parts: { ...match.groups }, query, address };
  }
  return { page: 'notFound', parts: {}, query, address };
}

/** The page of a day, `YYYY-MM-DD`. */
export function dayAddress(day: string): string {
  return `/day/${day}`;
}

/** Where a link (of HTML or of a drawing) leads. */
export function targetOf(link: Element, base: string): URL {
  return new URL(link.getAttribute('href') ?? '', base);
}

/** Whether a click on a link is ours: plain, same origin, same tab. */
export function isOwnNavigation(
  event: MouseEvent,
  link: Element,
  to: URL,
  origin: string,
): boolean {
  const plain =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  return (
    plain &&
    !event.defaultPrevented &&
    !link.getAttribute('target') &&
    !link.hasAttribute('download') &&
    to.origin === origin &&
    !to.pathname.startsWith('/api/') &&
    to.pathname !== '/docs'
  );
}
