"""What a user does not want to hear: a song or an artist for ever, or a song for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from today_feeling.domain.music import Track

BanKind = Literal["song", "artist", "rest"]
"""Never this song, nothing by this artist, or this song not now."""

BAN_KINDS: Final[tuple[BanKind, ...]] = get_args(BanKind)

REST: Final = timedelta(days=7)
"""How long a song rests that was not wanted just then."""


@dataclass(frozen=True, slots=True)
class Ban:
    """What the user said. Of an artist `artist` is set and `track` is not, else the other way."""

    id: int
    kind: BanKind
    track: Track | None
    artist: str | None
    banned_at: datetime
    until: datetime | None
    """Of a rest: when the song may come again."""
