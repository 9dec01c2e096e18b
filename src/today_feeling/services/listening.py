"""A song that plays, and what came of it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from today_feeling.domain.diary import Outcome, Play
from today_feeling.domain.music import FailureCode
from today_feeling.errors import NotFound
from today_feeling.music import covers, library
from today_feeling.services import remote
from today_feeling.services.learning import learn
from today_feeling.store import plays, taste, tracks
from today_feeling.store.database import Database


class Changed(NamedTuple):
    """A play, and how much of it was heard by what was said of it before."""

    play: Play
    seconds_before: float


class _Unset(Enum):
    UNSET = 0


UNSET: Final = _Unset.UNSET
"""Said instead of a value that stays as it is; None means "nothing"."""


def start_play(database: Database, user_id: int, recommendation_id: int, now: datetime) -> Play:
    """The recommended song sounds now; said twice it is still one play. Raises `NotFound`."""
    with database.writing() as session:
        if not plays.has_recommendation(session, user_id, recommendation_id):
            raise NotFound("There is no such recommendation.")
        play = plays.start(session, user_id, recommendation_id, now)
    if play is None:
        raise NotFound("This play was deleted.")
    return play


def change_play(
    database: Database,
    user_id: int,
    play_id: int,
    *,
    outcome: Outcome | _Unset = UNSET,
    seconds: float | _Unset = UNSET,
    liked: bool | _Unset | None = UNSET,
) -> Changed:
    """Note what came of a play; what is not given stays. Raises `NotFound`."""
    with database.writing() as session:
        taste.hold(session, user_id)
        play = plays.get(session, user_id, play_id)
        if play is None:
            raise NotFound("There is no such play.")
        changed = plays.change(
            session,
            user_id,
            play,
            outcome=play.outcome if outcome is UNSET else outcome,
            seconds=play.seconds if seconds is UNSET else seconds,
            liked=play.liked if liked is UNSET else liked,
        )
        learn(session, user_id, changed)
        return Changed(changed, (play.seconds or 0.0) if play.outcome else 0.0)


def report_failure(
    database: Database, user_id: int, track_id: int, code: FailureCode, now: datetime
) -> None:
    """The track did not play for this user. Raises `NotFound`."""
    with database.writing() as session:
        if not tracks.is_for(session, user_id, track_id):
            raise NotFound("There is no such track.")
        tracks.add_failure(session, user_id, track_id, code, now)


def cover(database: Database, track_id: int) -> tuple[bytes, str] | None:
    """The picture of a song in the library or on a music server, and its media type; None where it
    has none.

    Raises `NotFound` where its file is gone, `SourceUnavailable` where the server is.
    """
    with database.reading() as session:
        found = tracks.file_of(session, track_id)
    return covers.cover(*found) if found else remote.cover(database, track_id)


def audio_file(database: Database, track_id: int) -> tuple[Path, str]:
    """The file of a library track and its media type.

    Raises `NotFound` where the track has no file, or the file is gone: then nobody is offered
    the track until a rescan finds it again.
    """
    with database.reading() as session:
        found = tracks.file_of(session, track_id)
    if found is None:
        raise NotFound("This track has no file.")
    try:
        return library.servable(*found)
    except NotFound:
        with database.writing() as session:
            tracks.mark_missing(session, track_id)
        raise
