/** A small player in a window of its own that stays above all others (Document Picture-in-Picture). */

interface PictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

/** The part of `window` that is used here. */
export interface PlayerWindow {
  document: Document;
  documentPictureInPicture?: PictureInPicture;
}

/** Puts the player into the other window; returns how to take it out again. */
export type Show = (target: HTMLElement) => () => void;

/** Title, credits, mood and three buttons. */
const SIZE = { width: 320, height: 200 };

/**
 * Nothing is moved there: the page keeps its own player (YouTube's frame would begin anew if it were), and has all of it when
 * the small one is closed.
 */
export class SmallPlayer {
  isOpen = $state(false);
  #window: Window | null = null;
  /** A browser that is slow to open one is not asked for a second. */
  #opening = false;

  constructor(
    private readonly page: PlayerWindow,
    private readonly show: Show,
  ) {}

  /** Whether this browser has such windows. */
  get isPossible(): boolean {
    return this.page.documentPictureInPicture !== undefined;
  }

  /** Must follow a click. */
  async open(onClosed: () => void): Promise<void> {
    if (this.#window || this.#opening || !this.page.documentPictureInPicture) return;
    let small: Window;
    this.#opening = true;
    try {
      small = await this.page.documentPictureInPicture.requestWindow(SIZE);
    } catch {
      // Refused, as without a click: the player is where it was.
      return;
    } finally {
      this.#opening = false;
    }
    this.#window = small;
    this.isOpen = true;
    dress(small.document, this.page.document);
    const takeOut = this.show(small.document.body);
    small.addEventListener(
      'pagehide',
      () => {
        takeOut();
        this.#window = null;
        this.isOpen = false;
        onClosed();
      },
      { once: true },
    );
  }

  close(): void {
    this.#window?.close();
  }
}

/** The window begins empty: it gets our style sheets by their addresses, as the security policy wants them. */
function dress(small: Document, page: Document): void {
  small.title = page.title;
  for (const sheet of page.querySelectorAll('link[rel="stylesheet"], style')) {
    small.head.append(small.importNode(sheet, true));
  }
}
