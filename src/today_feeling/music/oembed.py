"""What YouTube says of a video to anyone who asks: its title, and whether other pages may play it.

oEmbed is documented by YouTube and needs no key: https://oembed.com
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from typing import Any, Final, NamedTuple

import httpx2

from today_feeling.domain.music import Verdict
from today_feeling.errors import SourceUnavailable
from today_feeling.music.patience import TIMEOUT_S, USER_AGENT, Sleep, patiently

YOUTUBE: Final = "https://www.youtube.com"

_NO: Final[dict[int, Verdict]] = {400: "gone", 401: "refused", 403: "refused", 404: "gone"}

WHY_NOT: Final[dict[Verdict, str]] = {
    "gone": "the video was removed or is private",
    "refused": "the owner does not allow it on other pages",
    "mismatch": "the video has another title",
}


class Told(NamedTuple):
    """What YouTube told of a video."""

    verdict: Verdict
    title: str | None = None
    author: str | None = None
    """Name of the channel."""


class OEmbed:
    """Asks about one video after the other. `close` it, or use it as a context manager."""

    def __init__(
        self,
        base: str = YOUTUBE,
        *,
        per_second: float = 5.0,
        tries: int = 5,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._client = httpx2.Client(
            base_url=base, timeout=TIMEOUT_S, headers={"User-Agent": USER_AGENT}
        )
        self._pause_s = 1 / per_second
        self._tries = tries
        self._sleep = sleep
        self._next_at = 0.0

    def __enter__(self) -> OEmbed:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def ask(self, video_id: str) -> Told:
        """What is known of the video. Raises `SourceUnavailable`."""
        wait_s = self._next_at - time.monotonic()
        if wait_s > 0:
            self._sleep(wait_s)
        self._next_at = time.monotonic() + self._pause_s
        watch = f"https://www.youtube.com/watch?v={video_id}"
        response = patiently(
            lambda: self._client.get("/oembed", params={"url": watch, "format": "json"}),
            httpx2.HTTPError,
            name="YouTube",
            tries=self._tries,
            sleep=self._sleep,
        )
        if response.status_code in _NO:
            return Told(_NO[response.status_code])
        try:
            said: Any = response.json() if response.is_success else None
            title, author = _clean(said["title"]), _clean(said["author_name"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise SourceUnavailable(
                f"YouTube answers what nobody understands (HTTP {response.status_code})."
            ) from error
        return Told("ok" if title else "gone", title, author)


def check(told: Told, title: str, artist: str | None) -> Verdict:
    """The verdict on a song of our list that is said to be this video.

    A title is another one where neither a word of ours nor of the artist is in it: translated and
    decorated titles are usual.
    """
    if told.verdict != "ok":
        return told.verdict
    there = " ".join(_words(f"{told.title} {told.author}"))
    ours = _words(f"{title} {artist or ''}")
    return "ok" if any(word in there for word in ours) or not ours else "mismatch"


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    return [word for word in re.split(r"[\W_]+", plain) if word and word not in _NOISE]


_NOISE: Final = frozenset(
    {"official", "mv", "music", "video", "audio", "lyrics", "lyric", "the", "a", "of", "feat", "ft"}
    | {"vevo", "topic"}
)


def _clean(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500] or None
