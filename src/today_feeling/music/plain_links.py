"""Links to single videos, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from today_feeling.domain.music import Fingerprint, SourceId
from today_feeling.errors import UnreadableMedia
from today_feeling.music.completing import Completer, Listed
from today_feeling.music.links import parse_link
from today_feeling.music.source import Found, Place


class Links:
    """Videos by their links; YouTube is asked for what they are called."""

    id: Final[SourceId] = "youtube"

    def __init__(self, texts: Sequence[str], completer: Completer, *, first: int = 1) -> None:
        """`first`: the number of the first one among those that people gave."""
        self.name = "links"
        self._texts = texts
        self._completer = completer
        self._first = first

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`. Raises `SourceUnavailable` where YouTube does not answer."""
        del known
        seen: set[str] = set()
        for number, text in enumerate(self._texts, start=self._first):
            link = parse_link(text)
            place = Place(f"link {number}, {text[:100]}", number, text)
            if link is None or link.kind != "video":
                yield place.skipped("no_video", "it does not lead to a video")
                continue
            yield self._completer.complete(Listed(link.id), seen, place=place)


def read_links(path: Path) -> list[str]:
    """The lines of a text file that hold something; what follows a `#` at their start is a note.

    Raises `UnreadableMedia`.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise UnreadableMedia(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableMedia(f"{path} is not UTF-8 text.") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
