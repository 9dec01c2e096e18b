"""Stations of Radio Browser (https://www.radio-browser.info), a directory that listeners keep."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx2

from today_feeling.domain.music import GENRES, Fingerprint, Genre, Song, SourceId
from today_feeling.errors import SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import cut
from today_feeling.music.patience import TIMEOUT_S, USER_AGENT, Sleep, patiently
from today_feeling.music.source import Found, Skipped

DIRECTORY: Final = "https://all.api.radio-browser.info"
"""Names the servers of the directory, of which one is then asked."""

PER_GENRE: Final = 20

TAGS: Final[Mapping[Genre, tuple[str, ...]]] = {
    "classic": ("classical",),
    "jazz": ("jazz",),
    "pop": ("pop",),
    "trot": ("trot", "트로트"),
    "idol": ("kpop", "k-pop"),
    "rock": ("rock",),
    "ballad": ("ballads", "love songs"),
    "game": ("video game music", "chiptune"),
    "hiphop": ("hip hop", "hiphop"),
    "extra": ("lounge", "ambient"),
}
"""What listeners call our genres."""

_PLAYABLE: Final = frozenset({"MP3", "AAC", "AAC+", "OGG", "OPUS", "FLAC"})
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RadioDirectory:
    """The most liked stations of each genre that a browser can play. Nothing is told about whom
    they are for."""

    id: Final[SourceId] = "radio"

    def __init__(
        self, base: str = DIRECTORY, *, per_genre: int = PER_GENRE, sleep: Sleep = time.sleep
    ) -> None:
        self._base = base
        self._per_genre = per_genre
        self._sleep = sleep

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`. Raises `UnreadableMedia` where no server of it answers."""
        del known
        with self._client() as client:
            server = self._server(client)
            seen: set[str] = set()
            for genre in GENRES:
                for tag in TAGS[genre]:
                    for station in self._search(client, server, tag):
                        if station.get("stationuuid") not in seen:
                            seen.add(str(station.get("stationuuid")))
                            yield _song(station, genre)

    def count_click(self, station: str) -> None:
        """Tell the directory that somebody listens, which is how it ranks. Never raises."""
        try:
            with self._client() as client:
                client.get(f"{self._base}/json/url/{station}", timeout=3)
        except httpx2.HTTPError:
            return

    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            timeout=TIMEOUT_S, headers={"User-Agent": USER_AGENT}, follow_redirects=True
        )

    def _server(self, client: httpx2.Client) -> str:
        """The address of one of its servers that answers."""
        found = self._json(client, f"{self._base}/json/servers", tries=3)
        names = sorted({str(each.get("name")) for each in found if isinstance(each, dict)})
        random.shuffle(names)  # as the directory asks its clients to
        if "://" in self._base and not self._base.endswith("radio-browser.info"):
            return self._base
        for name in names:
            try:
                self._json(client, f"https://{name}/json/stats", tries=1)
            except UnreadableMedia:
                continue
            return f"https://{name}"
        raise UnreadableMedia("No server of Radio Browser answers.")

    def _search(self, client: httpx2.Client, server: str, tag: str) -> list[dict[str, Any]]:
        query = {
            "tag": tag,
            "tagExact": "true",
            "is_https": "true",
            "hidebroken": "true",
            "order": "votes",
            "reverse": "true",
            "limit": str(self._per_genre),
        }
        found = self._json(client, f"{server}/json/stations/search", query)
        return [each for each in found if isinstance(each, dict)]

    def _json(
        self,
        client: httpx2.Client,
        url: str,
        query: Mapping[str, str] | None = None,
        *,
        tries: int = 5,
    ) -> list[Any]:
        try:
            response = patiently(
                lambda: client.get(url, params=dict(query or {})),
                httpx2.HTTPError,
                name="Radio Browser",
                tries=tries,
                sleep=self._sleep,
            )
            said = response.json()
        except (SourceUnavailable, ValueError) as error:
            raise UnreadableMedia(str(error)) from error
        if not response.is_success or not isinstance(said, list | dict):
            raise UnreadableMedia(f"Radio Browser refuses (HTTP {response.status_code}).")
        return said if isinstance(said, list) else [said]


def _song(station: Mapping[str, Any], genre: Genre) -> Found:
    name = cut(str(station.get("name") or "")) or "?"
    uuid = str(station.get("stationuuid"))
    url = str(station.get("url_resolved") or station.get("url") or "")
    codec = str(station.get("codec") or "").upper()
    if not _UUID.fullmatch(uuid):
        return Skipped(name, "it has no id")
    if not url.startswith("https://") or len(url) > 2000:
        return Skipped(f"{name} ({uuid})", "its stream is not encrypted")
    if station.get("hls") or codec.partition(",")[0] not in _PLAYABLE:
        return Skipped(f"{name} ({uuid})", f"browsers do not play {codec or 'it'}")
    spoken = str(station.get("languagecodes") or "").split(",")[0].strip().lower()
    return Song(
        locator=uuid,
        title=name,
        artist=None,
        genre=genre,
        language=spoken if len(spoken) == 2 and spoken.isascii() else None,
        stream_url=url,
    )
