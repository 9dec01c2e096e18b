/** The pages and their addresses; no DOM here. */

export const PATHS = {
  home: '/',
  live: '/live',
  today: '/today',
  genres: '/genres',
} as const;

/** Addresses with a part that differs; what a part may be, its page judges. */
const PATTERNS = {
  today: /^\/day\/(?<date>[^/]+)$/,
} as const satisfies Partial<Record<keyof typeof PATHS, RegExp>>;

export type PageName = keyof typeof PATHS;

export interface Route {
  page: PageName | 'notFound';
  /** The named parts of an address of `PATTERNS`. */
  parts: Readonly<Record<string, string | undefined>>;
  query: URLSearchParams;
}

export function matchRoute(address: string): Route {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '') || '/';
  const query = url.searchParams;
  const found = (Object.entries(PATHS) as [PageName, string][]).find(([, p]) => p === path);
  if (found) return { page: found[0], parts: {}, query };
  for (const [page, pattern] of Object.entries(PATTERNS) as [PageName, RegExp][]) {
    const match = pattern.exec(path);
    if (match) return { page, parts: { ...match.groups }, query };
  }
  return { page: 'notFound', parts: {}, query };
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
