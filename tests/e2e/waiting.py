"""Observations that wait in the browser until the server has them."""

from __future__ import annotations

from playwright.sync_api import Page

_COUNT = """() => new Promise((resolve) => {
  const opening = indexedDB.open('today-feeling', 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve(0);
  opening.onsuccess = () => {
    const database = opening.result;
    const counting = database.transaction('observations').objectStore('observations').count();
    counting.onsuccess = () => { database.close(); resolve(counting.result); };
  };
})"""


def waiting(page: Page) -> int:
    """How many there are."""
    return int(page.evaluate(_COUNT))


def until_waiting(page: Page, count: int, timeout_ms: int = 40_000) -> None:
    """Return when there are so many, or more; for 0, when there are none. Else `AssertionError`."""
    for _ in range(timeout_ms // 200):
        found = waiting(page)
        if found == 0 if count == 0 else found >= count:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{waiting(page)} observations wait, not {count}")
