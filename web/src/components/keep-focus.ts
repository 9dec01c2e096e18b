import type { Attachment } from 'svelte/attachments';

/**
 * Whoever presses what then goes does not begin anew at the top of the page. The focus goes to the first of `places`
 * (selectors within the element) that is there, else to the element itself where it can have it, else to the page's main
 * part. The element must stay; what places the focus by itself comes first.
 */
export function keepFocus(...places: string[]): Attachment<HTMLElement> {
  return (element) => {
    let held: Element | null = null;

    const hold = ({ target }: FocusEvent) => (held = target as Element);
    // Whether it left by itself is known only later: some browsers say so, too, of what is being removed.
    const leave = () =>
      queueMicrotask(() => {
        if (held?.isConnected && document.activeElement !== held) held = null;
      });
    const observer = new MutationObserver(() => {
      if (!held || held.isConnected) return;
      held = null;
      if (document.activeElement !== document.body) return;
      for (const place of places) {
        const found = element.querySelector<HTMLElement>(place);
        found?.focus();
        if (found && document.activeElement === found) return;
      }
      if (element.hasAttribute('tabindex')) element.focus();
      else document.getElementById('main')?.focus({ preventScroll: true });
    });

    element.addEventListener('focusin', hold);
    element.addEventListener('focusout', leave);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', hold);
      element.removeEventListener('focusout', leave);
    };
  };
}
