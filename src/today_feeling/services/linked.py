"""Where the links lead that somebody gave: to videos, or to lists at YouTube Music."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from today_feeling.domain.music import Fingerprint, SourceId
from today_feeling.music.completing import Completer
from today_feeling.music.links import Link, parse_link
from today_feeling.music.oembed import YOUTUBE
from today_feeling.music.patience import Sleep
from today_feeling.music.plain_links import Links
from today_feeling.music.source import Found, MusicSource, Place, Skipped
from today_feeling.music.ytmusic import YOUTUBE_MUSIC, OnPage, YouTubeMusic


class ListOfSongs(MusicSource, Protocol):
    """A source that somebody named."""

    @property
    def name(self) -> str:
        """As people know it."""
        ...


@dataclass(frozen=True, slots=True)
class Internet:
    """Where the outside is; tests and mirrors have their own."""

    youtube: str = YOUTUBE
    youtube_music: str = YOUTUBE_MUSIC
    sleep: Sleep = time.sleep
    on_page: OnPage = lambda: None
    """Told before each page of a playlist that is asked for."""


class _Left:
    """A link that is not followed."""

    id: Final[SourceId] = "youtube"
    name = "link"

    def __init__(self, skipped: Skipped) -> None:
        self._skipped = skipped

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`."""
        del known
        yield self._skipped


class _Allowance:
    """How many lists may still be read."""

    def __init__(self, most: int | None) -> None:
        """None: any number."""
        self._left = most

    def one_more(self) -> bool:
        """Whether another one may be read, which it then is."""
        if self._left is None:
            return True
        self._left -= 1
        return self._left >= 0


def of_links(
    texts: Sequence[str],
    completer: Completer,
    internet: Internet,
    *,
    most_lists: int | None = None,
) -> Iterator[ListOfSongs]:
    """What links lead to, in their order; one that leads nowhere is skipped when it is read, as is
    one that is there already, and a list above `most_lists`: moods count, and so do the playlists
    in them."""
    allowance = _Allowance(most_lists)
    single: list[str] = []
    seen: set[Link] = set()
    for number, text in enumerate(texts, start=1):
        link = parse_link(text)
        again = link in seen
        if link is not None:
            seen.add(link)
        if not again and (link is None or link.kind == "video"):
            single.append(text)
            continue
        if single:
            yield Links(single, completer, first=number - len(single))
            single = []
        place = Place(f"link {number}, {text[:100]}", number, text)
        if link is None or again:
            yield _Left(place.skipped("twice", "it is listed above"))
        else:
            yield YouTubeMusic(
                link,
                completer,
                place=place,
                base=internet.youtube_music,
                sleep=internet.sleep,
                on_page=internet.on_page,
                may_read=allowance.one_more,
            )
    if single:
        yield Links(single, completer, first=len(texts) - len(single) + 1)
