"""Whether the videos of the catalogue still are what we say, and may be played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from today_feeling.domain.music import Track, Verdict
from today_feeling.errors import SourceUnavailable
from today_feeling.music.oembed import OEmbed, Told, check
from today_feeling.services.linked import Internet
from today_feeling.store import catalogue
from today_feeling.store.database import Database

BATCH: Final = 20
"""Verdicts that are written at once: so many are asked for again at most after an interruption."""

OnVideo = Callable[[int, int, str], None]
"""Told how many were looked at, of how many, and the title of the last one: empty, where that is a
user's own song."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A video that is not as it should be."""

    track: Track
    verdict: Verdict
    title: str | None
    """What YouTube calls it."""


@dataclass(slots=True)
class Verified:
    """What came of a look at all of them."""

    fine: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    own_doubts: int = 0
    """The same of users' own songs, which are nobody else's business: they are only counted."""
    revived: int = 0
    """Were dead before, and play again."""
    left: int = 0
    """Not looked at, because of `interrupted`."""
    interrupted: str | None = None


def verify(
    database: Database,
    *,
    now: datetime,
    older_than: timedelta,
    limit: int | None = None,
    per_second: float = 5.0,
    internet: Internet | None = None,
    on_video: OnVideo | None = None,
) -> Verified:
    """Ask YouTube about every video that was not looked at for so long, most doubtful first.

    What was found is kept as it goes: the next call goes on where this one was stopped.
    """
    internet = internet or Internet()
    with database.reading() as session:
        tracks = catalogue.to_check(session, now - older_than, limit)
        dead = {each.track.id for each in catalogue.find(session, catalogue.Wanted(state="dead"))}
    done = Verified(left=len(tracks))
    with OEmbed(internet.youtube, per_second=per_second, sleep=internet.sleep) as oembed:
        for start in range(0, len(tracks), BATCH):
            found: list[tuple[Track, Told]] = []
            try:
                for track in tracks[start : start + BATCH]:
                    found.append((track, oembed.ask(track.youtube_video_id or "")))
                    if on_video is not None:
                        named = track.title if track.user_id is None else ""
                        on_video(start + len(found), len(tracks), named)
            except SourceUnavailable as error:
                done.interrupted = str(error)
            finally:
                _note(database, found, now, done, dead)
            if done.interrupted is not None:
                break
    return done


def _note(
    database: Database,
    found: list[tuple[Track, Told]],
    now: datetime,
    done: Verified,
    dead: set[int],
) -> None:
    with database.writing() as session:
        for track, told in found:
            verdict = check(told, track.title, track.artist)
            catalogue.note_check(session, track.id, verdict, now)
            done.left -= 1
            if verdict == "ok":
                done.fine += 1
            elif track.user_id is not None:
                done.own_doubts += 1
            else:
                done.doubts.append(Doubt(track, verdict, told.title))
            if track.id in dead and verdict in {"ok", "mismatch"}:
                done.revived += 1
