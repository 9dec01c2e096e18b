"""Music servers that speak OpenSubsonic: Navidrome, Jellyfin with its plug-in, and others.

https://opensubsonic.netlify.app/docs/
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from today_feeling.domain.music import Fingerprint, Song, SourceId
from today_feeling.errors import InvalidInput, NotFound, SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import cut
from today_feeling.music.genres import genre_from_tag
from today_feeling.music.patience import TIMEOUT_S, USER_AGENT, Sleep, patiently
from today_feeling.music.source import Found, Skipped
from today_feeling.music.tempo import tempo_told

PAGE: Final = 500
"""Songs asked for at once: the most that the interface allows."""

COVER_S: Final = 3.0
"""For each step to a picture, and for all of it: a song plays without one."""
_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_MOST_COVER_BYTES: Final = 10_000_000

_PROTOCOL: Final = "1.16.1"
_NOT_FOUND: Final = 70
_REFUSED: Final = frozenset(range(40, 51))

# It writes addresses to the log, and a token is in each of ours.
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Login:
    """What lets this program in. There is no password in it, and none can be found out from it
    without trying them all."""

    url: str
    user_name: str | None
    """None with an API key."""
    salt: str | None
    secret: str = field(repr=False)
    """MD5 of password and salt, as the interface wants it; or the API key."""

    @staticmethod
    def by_password(url: str, user_name: str, password: str) -> Login:
        """A token of a new salt. Raises `InvalidInput` where the address is none."""
        salt = secrets.token_hex(16)
        token = hashlib.md5(f"{password}{salt}".encode(), usedforsecurity=False).hexdigest()
        return Login(_address(url), user_name, salt, token)

    @staticmethod
    def by_key(url: str, api_key: str) -> Login:
        """An API key that the server gave out. Raises `InvalidInput`."""
        return Login(_address(url), None, None, api_key)

    def query(self) -> dict[str, str]:
        """What every request carries."""
        if self.user_name is None or self.salt is None:
            who = {"apiKey": self.secret}
        else:
            who = {"u": self.user_name, "t": self.secret, "s": self.salt}
        return {**who, "v": _PROTOCOL, "c": "today-feeling", "f": "json"}


class SubsonicServer:
    """All songs of a server, genre by genre."""

    id: Final[SourceId] = "subsonic"

    def __init__(
        self,
        login: Login,
        *,
        tries: int = 5,
        timeout_s: float = TIMEOUT_S,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._login = login
        self._timeout_s = timeout_s
        self._tries = tries
        self._sleep = sleep

    def ping(self) -> None:
        """Raises `InvalidInput` where the server lets nobody in so, `SourceUnavailable` where it
        does not answer."""
        self._ask("ping")

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`. Songs without a genre are not among them."""
        del known
        try:
            genres = self._ask("getGenres").get("genres", {}).get("genre", [])
        except (SourceUnavailable, InvalidInput) as error:
            raise UnreadableMedia(str(error)) from error
        seen: set[str] = set()
        for genre in genres:
            for child in self._of_genre(str(genre["value"])):
                if child.get("id") not in seen:
                    seen.add(str(child.get("id")))
                    yield _song(child)

    def stream(self, song: str) -> tuple[str, dict[str, str]]:
        """Address and query of the song's sound."""
        return f"{self._login.url}/rest/stream", {**self._login.query(), "id": song}

    def cover(self, cover: str) -> tuple[bytes, str] | None:
        """A picture of at most 600 x 600 and its media type; None where the server has none."""
        url = f"{self._login.url}/rest/getCoverArt"
        query = {**self._login.query(), "id": cover, "size": "600"}
        enough_at = time.monotonic() + COVER_S
        picture = bytearray()
        try:
            with (
                self._client(COVER_S) as client,
                client.stream("GET", url, params=query) as response,
            ):
                kind = response.headers.get("content-type", "").partition(";")[0]
                if not response.is_success or kind not in _PICTURES:
                    return None
                for piece in response.iter_bytes():
                    picture += piece
                    if time.monotonic() > enough_at:
                        raise SourceUnavailable("The music server is too slow.")
                    if len(picture) > _MOST_COVER_BYTES:
                        return None
        except httpx2.HTTPError as error:
            raise SourceUnavailable("The music server cannot be reached.") from error
        return bytes(picture), kind

    def scrobble(self, song: str, *, at_ms: int | None) -> None:
        """Tell the server what is heard now, or, with the time at which it began, that it was
        heard. Raises `SourceUnavailable`."""
        query = {"id": song, "submission": "false" if at_ms is None else "true"}
        self._ask("scrobble", **query, **({} if at_ms is None else {"time": str(at_ms)}))

    def _of_genre(self, genre: str) -> Iterator[dict[str, Any]]:
        for offset in range(0, 10_000_000, PAGE):
            said = self._ask("getSongsByGenre", genre=genre, count=str(PAGE), offset=str(offset))
            found = said.get("songsByGenre", {}).get("song", [])
            yield from found
            if len(found) < PAGE:
                return

    def _client(self, timeout_s: float) -> httpx2.Client:
        return httpx2.Client(timeout=timeout_s, headers={"User-Agent": USER_AGENT})

    def _ask(self, method: str, **query: str) -> dict[str, Any]:
        with self._client(self._timeout_s) as client:
            response = patiently(
                lambda: client.get(
                    f"{self._login.url}/rest/{method}", params={**self._login.query(), **query}
                ),
                httpx2.HTTPError,
                name="The music server",
                tries=self._tries,
                sleep=self._sleep,
            )
        try:
            said: dict[str, Any] = response.json()["subsonic-response"]
            if said["status"] == "ok":
                return said
            code, message = int(said["error"]["code"]), str(said["error"].get("message", ""))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise SourceUnavailable(
                f"What answers there (HTTP {response.status_code}) is no music server."
            ) from error
        if code == _NOT_FOUND:
            raise NotFound("The music server does not have this song any more.")
        if code in _REFUSED:
            raise InvalidInput(f"The music server refuses: {cut(message)}")
        raise SourceUnavailable(f"The music server fails: {cut(message)}")


def _song(child: Mapping[str, Any]) -> Found:
    name = cut(str(child.get("title") or ""))
    key = str(child.get("id") or "")
    if not key or len(key) > 250 or name is None:
        return Skipped(name or key or "a song", "it has no id or no title")
    if child.get("isVideo") or child.get("isDir"):
        return Skipped(name, "it is not a song")
    year, duration = child.get("year"), child.get("duration")
    return Song(
        locator=key,
        title=name,
        artist=cut(child.get("artist")),
        genre=genre_from_tag(child.get("genre")),
        year=year if isinstance(year, int) and 0 < year <= 9999 else None,
        duration_s=float(duration) if isinstance(duration, int | float) and duration > 0 else None,
        tempo=tempo_told(child.get("bpm")),
        explicit={"explicit": True, "clean": False}.get(str(child.get("explicitStatus"))),
        cover=str(child["coverArt"])[:500] if child.get("coverArt") else None,
    )


def _address(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise InvalidInput("The address must be like https://music.example, without a name in it.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix('/rest')}"
