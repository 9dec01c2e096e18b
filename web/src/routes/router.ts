/** The pages and their addresses; no DOM here. */

export const PATHS = { home: '/', live: '/live', today: '/today', genres: '/genres' } as const;

export type PageName = keyof typeof PATHS;

export interface Route {
  page: PageName | 'notFound';
  query: URLSearchParams;
}

export function matchRoute(address: string): Route {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '') || '/';
  const found = (Object.entries(PATHS) as [PageName, string][]).find(([, p]) => p === path);
  return { page: found ? found[0] : 'notFound', query: url.searchParams };
}

/** Whether a click on a link is ours: plain, same origin, same tab. */
export function isOwnNavigation(
  event: MouseEvent,
  link: HTMLAnchorElement,
  origin: string,
): boolean {
  const plain =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  return (
    plain &&
    !event.defaultPrevented &&
    !link.target &&
    !link.hasAttribute('download') &&
    link.origin === origin &&
    !link.pathname.startsWith('/api/') &&
    link.pathname !== '/docs'
  );
}
