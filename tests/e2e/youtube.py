"""YouTube as a page sees it, for tests that cannot reach it.

The fake keeps to the IFrame Player API as documented: the script calls
`onYouTubeIframeAPIReady`, `YT.Player` takes over an iframe of ours, states are -1 (unstarted),
3 (buffering), 1 (playing), 2 (paused), 0 (ended), and a video that must not be embedded ends in
`onError` with 150 after its iframe has loaded. What differs: no picture, no sound, and the tests
end a song by `end_song`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

HOSTS = ("www.youtube.com", "www.youtube-nocookie.com")

_SCRIPT = """
(() => {
  const refused = new Set(REFUSED);
  class Player {
    constructor(frame, { events }) {
      this.events = events;
      this.state = -1;
      this.id = new URL(frame.src).pathname.split('/').pop();
      window.testYouTube = this;
      frame.addEventListener('load', () => setTimeout(() => events.onReady({ target: this })));
    }
    become(state) { this.state = state; this.events.onStateChange({ target: this, data: state }); }
    playVideo() {
      if (this.state === 1) return;
      if (refused.has('*') || refused.has(this.id)) {
        setTimeout(() => this.events.onError({ target: this, data: 150 }));
        return;
      }
      setTimeout(() => { this.become(3); this.become(1); }, 20);
    }
    loadVideoById(id) { this.id = id; this.become(-1); this.playVideo(); }
    pauseVideo() { if (this.state === 1) this.become(2); }
    stopVideo() { if (this.state !== -1) this.become(5); }
    setVolume() {}
    getCurrentTime() { return 12; }
    getDuration() { return 200; }
    getPlayerState() { return this.state; }
    destroy() {}
  }
  window.YT = { Player };
  setTimeout(() => window.onYouTubeIframeAPIReady());
})();
"""


def serve_youtube(context: BrowserContext, refused: Collection[str] = ()) -> None:
    """Answer for YouTube in all pages of the context.

    Parameters
    ----------
    refused
        Video ids whose owners refuse embedding; `*` refuses all.
    """

    def answer(route: Route) -> None:
        kind, content = _answer(urlsplit(route.request.url).path, refused)
        route.fulfill(content_type=kind, body=content)

    for host in HOSTS:
        context.route(f"https://{host}/**", answer)


def play_youtube(host: str, path: str) -> tuple[str, str] | None:
    """Answer for YouTube on the wire: see `wire.Play`."""
    return _answer(path, ()) if host in HOSTS else None


def _answer(path: str, refused: Collection[str]) -> tuple[str, str]:
    if path == "/iframe_api":
        return "text/javascript", _SCRIPT.replace("REFUSED", json.dumps(sorted(refused)))
    return "text/html", "<title>video</title>"


def cut_off_youtube(context: BrowserContext) -> None:
    """No connection to YouTube: every request to it fails."""
    for host in HOSTS:
        context.route(f"https://{host}/**", lambda route: route.abort("connectionfailed"))


def end_song(page: Page) -> None:
    """The song that plays comes to its end."""
    page.evaluate("window.testYouTube.become(0)")


def playing_video(page: Page) -> str:
    """Id of the video that plays now; empty while none does."""
    return str(page.evaluate("window.testYouTube?.state === 1 ? window.testYouTube.id : ''"))
