"""Playlists, albums and moods of YouTube Music, read without an account by ytmusicapi.

ytmusicapi is not YouTube's own, so it is optional: who installs a server chooses whether it is
there. Where it is, `catalogue import` runs it, and so does any guest who previews a list.
"""

from __future__ import annotations

import locale
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from today_feeling.domain.music import Fingerprint, SourceId
from today_feeling.errors import UnreadableMedia
from today_feeling.music.completing import Completer, Listed, cut
from today_feeling.music.links import Link
from today_feeling.music.patience import TIMEOUT_S, Sleep, patiently
from today_feeling.music.source import Found, Place, Skipped
from today_feeling.music.youtube import is_video_id

if TYPE_CHECKING:
    from requests import Session
    from ytmusicapi import YTMusic

YOUTUBE_MUSIC: Final = "https://music.youtube.com"

MOST_SONGS: Final = 5000
"""Of one playlist, as many as YouTube lets one hold."""

OnPage = Callable[[], None]
MayRead = Callable[[], bool]

_LOCALE = Lock()
"""ytmusicapi sets the language of the whole process; of two at once, one would keep the other's."""

_NEWS = "YouTube Music answers what ytmusicapi does not understand: is there a newer one?"


class YouTubeMusic:
    """What a link to a playlist, an album or a mood leads to."""

    id: Final[SourceId] = "youtube"

    def __init__(
        self,
        link: Link,
        completer: Completer,
        *,
        place: Place | None = None,
        base: str = YOUTUBE_MUSIC,
        sleep: Sleep = time.sleep,
        on_page: OnPage = lambda: None,
        may_read: MayRead = lambda: True,
    ) -> None:
        """`place`: of the link. `base`: where YouTube Music is. `on_page`: told before each page
        that is asked for. `may_read`: asked before each playlist, album and mood."""
        self._link = link
        self._place = place or Place(link.id, about=link.id)
        self._may_read = may_read
        self.name = f"{link.kind} {link.id}"
        self._completer = completer
        self._connect = partial(_connect, base, sleep, on_page)

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`; the list is asked for again each time, page by page."""
        del known
        if not self._may_read():
            yield _too_many(self._place)
            return
        seen: set[str] = set()
        self._music, session = self._connect()
        try:
            match self._link.kind:
                case "mood":
                    yield from self._mood(seen)
                case "album":
                    found = self._read(self._music.get_album, self._link.id)
                    yield from self._list(found, seen)
                case _:
                    found = self._read(self._music.get_playlist, self._link.id, MOST_SONGS)
                    yield from self._list(found, seen)
        finally:
            session.close()

    def _mood(self, seen: set[str]) -> Iterator[Found]:
        for playlist, title in self._read(self._playlists):
            if not self._may_read():
                yield _too_many(Place(f"playlist {title}", None, title))
                continue
            try:
                found = self._read(self._music.get_playlist, playlist, MOST_SONGS)
            except UnreadableMedia as error:
                yield Place(f"playlist {title}", None, title).skipped("list", str(error))
                continue
            yield from self._list(found, seen)

    def _playlists(self) -> list[tuple[str, str]]:
        """Ids and titles of those of the mood."""
        told = self._music.get_mood_playlists(self._link.id)
        return [(each["playlistId"], cut(each.get("title")) or each["playlistId"]) for each in told]

    def _list(self, found: dict[str, Any], seen: set[str]) -> Iterator[Found]:
        name = cut(found.get("title")) or self._link.id
        try:
            tracks = self._read(self._tracks, found, name)
        except UnreadableMedia as error:
            yield Place(name, None, name).skipped("list", str(error))
            return
        for place, listed in tracks:
            if listed is None:
                yield place.skipped("unavailable", "it is not available")
            else:
                yield self._completer.complete(listed, seen, place=place, listed_in=name)

    def _tracks(self, found: dict[str, Any], name: str) -> list[tuple[Place, Listed | None]]:
        """Those of the list, each with its place; None for one that is not available."""
        year = str(found.get("year") or "")
        tracks: list[tuple[Place, Listed | None]] = []
        for number, track in enumerate(found["tracks"], start=1):
            title = cut(track.get("title"))
            called = title or track.get("videoId") or ""
            place = Place(f"{name}, {number}: {called}", number, called)
            video_id = track.get("videoId")
            if not video_id or not is_video_id(video_id) or track.get("isAvailable") is False:
                tracks.append((place, None))
                continue
            artists = ", ".join(each["name"] for each in track.get("artists") or [])
            listed = Listed(
                video_id=video_id,
                title=title or video_id,
                artist=artists or None,
                year=int(year) if self._link.kind == "album" and year.isdecimal() else None,
                duration_s=track.get("duration_seconds"),
                # No badge is no word: YouTube does not look at every song.
                explicit=True if track.get("isExplicit") else None,
            )
            tracks.append((place, listed))
        return tracks

    def _read(self, ask: Any, *arguments: object) -> Any:
        """Raises `UnreadableMedia` where there is no such list, `SourceUnavailable` without
        YouTube Music."""
        from ytmusicapi.exceptions import YTMusicError  # noqa: PLC0415

        try:
            return ask(*arguments)
        except YTMusicError as error:
            raise UnreadableMedia(
                f"YouTube Music does not show this {self._link.kind}: {error}"
            ) from error
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
            raise UnreadableMedia(_NEWS) from error


def _too_many(place: Place) -> Skipped:
    return place.skipped("too_many_lists", "so many lists are not read at a time")


def _connect(base: str, sleep: Sleep, on_page: OnPage) -> tuple[YTMusic, Session]:
    try:
        import requests  # noqa: PLC0415
        from ytmusicapi import YTMusic  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UnreadableMedia(
            "YouTube Music links need ytmusicapi: pip install 'today-feeling[import]'"
        ) from error

    class PatientSession(requests.Session):
        """Waits and tries again where it is told to."""

        def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
            there = str(url).replace(YOUTUBE_MUSIC, base, 1)
            kwargs.setdefault("timeout", TIMEOUT_S)
            ask = super().request
            on_page()
            return patiently(
                lambda: ask(method, there, *args, **kwargs),
                (requests.ConnectionError, requests.Timeout),
                name="YouTube Music",
                sleep=sleep,
            )

    session = PatientSession()
    with _LOCALE:
        before = locale.setlocale(locale.LC_ALL)
        try:
            return YTMusic(requests_session=session), session
        finally:
            locale.setlocale(locale.LC_ALL, before)
