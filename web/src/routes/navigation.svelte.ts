import { isOwnNavigation, matchRoute, targetOf, type Route } from './router';

/** Where the user is; plain links work, the page is not loaded anew. */
export class Navigation {
  #route: Route;

  constructor(private readonly window: Window) {
    this.#route = $state.raw(matchRoute(window.location.href));
    window.addEventListener('popstate', () => this.#read());
    window.document.addEventListener('click', (event) => {
      const link = (event.target as Element | null)?.closest?.('a[href]');
      if (!link) return;
      const to = targetOf(link, window.location.href);
      if (!isOwnNavigation(event, link, to, window.location.origin)) return;
      // A jump within the page (skip link) is the browser's.
      if (to.hash && to.pathname === window.location.pathname) return;
      event.preventDefault();
      this.go(to.pathname + to.search);
    });
  }

  get route(): Route {
    return this.#route;
  }

  go(address: string): void {
    const { location, history } = this.window;
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
    this.#read();
    this.window.scrollTo(0, 0);
  }

  /** Like `go`, and the page that is left cannot be returned to. */
  replace(address: string): void {
    this.window.history.replaceState(null, '', address);
    this.go(address);
  }

  #read(): void {
    this.#route = matchRoute(this.window.location.href);
  }
}
