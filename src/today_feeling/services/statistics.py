"""What the diary says over days and years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from today_feeling.domain import statistics
from today_feeling.domain.diary import day_bounds, zone
from today_feeling.domain.emotion import EMOTIONS, Emotion
from today_feeling.domain.statistics import Buckets, Run, SongCount, Statistics
from today_feeling.store import entries, rollups, songs
from today_feeling.store.database import Database
from today_feeling.store.songs import Heard

TOP: Final = 10
"""Songs in a list."""

MEASURED_ENOUGH: Final = 3
"""So often a song must be measured before it is said to help."""


def of_span(database: Database, user_id: int, first: date, last: date, timezone: str) -> Statistics:
    """The user's days from `first` to `last`, both included, where the user lives.

    Raises `InvalidInput` for an unknown time zone and for a span that is none.
    """
    home = zone(timezone)
    runs = statistics.runs(first, last, home)
    start, end = day_bounds(first, home)[0], day_bounds(last, home)[1]
    with database.reading() as session:
        days = rollups.by_day(session, user_id, runs)
        named = entries.emotions_between(session, user_id, start, end)
        heard = songs.heard(session, user_id, start, end)
        played = sorted(heard, key=lambda song: (-song.plays, song.track_id))[:TOP]
        helpful = _most_helpful(heard)[:TOP]
        best = _song_of(heard)
        wanted = {song.track_id for song in (*played, *helpful, *([best] if best else []))}
        tracks = songs.named(session, wanted)
    by_day = _by_day(runs, named)
    measured = sum(song.measured for song in heard)
    return Statistics(
        first=first,
        last=last,
        timezone=timezone,
        seconds=statistics.total(sums.seconds for _, sums in days),
        entries={each: sum(1 for _, emotion in named if emotion == each) for each in EMOTIONS},
        days=[statistics.day_mood(day, sums, by_day[day]) for day, sums in days],
        weekdays=statistics.by_weekday(days),
        most_played=[SongCount(tracks[song.track_id], song.plays) for song in played],
        most_helpful=[
            SongCount(tracks[song.track_id], song.measured, _mean_change(song)) for song in helpful
        ],
        song_of=tracks[best.track_id] if best else None,
        valence_before=_mean([song.valence_before for song in heard], measured),
        valence_after=_mean([song.valence_after for song in heard], measured),
        measured_plays=measured,
    )


def timeline(
    database: Database, user_id: int, start: datetime, end: datetime, most: int
) -> tuple[Buckets, list[Sequence[float]]]:
    """How the user's emotions flow through [start, end), in at most `most` equal spans.

    The rows have seconds in the order of `READINGS`. Raises `InvalidInput` for a span that is
    none.
    """
    buckets = statistics.buckets(start, end, most)
    with database.reading() as session:
        return buckets, rollups.by_bucket(session, user_id, buckets)


def _by_day(
    runs: Sequence[Run], named: Sequence[tuple[datetime, Emotion]]
) -> defaultdict[date | None, Counter[Emotion]]:
    found: defaultdict[date | None, Counter[Emotion]] = defaultdict(Counter)
    for at, emotion in named:
        found[statistics.day_of(runs, at)][emotion] += 1
    return found


def _most_helpful(heard: Sequence[Heard]) -> list[Heard]:
    found = [song for song in heard if song.measured >= MEASURED_ENOUGH and _mean_change(song) > 0]
    return sorted(found, key=lambda song: (-_mean_change(song), song.track_id))


def _song_of(heard: Sequence[Heard]) -> Heard | None:
    return max(
        (song for song in heard if song.kept and song.likes >= 0),
        key=lambda song: (song.likes > 0, song.kept, song.seconds, song.last_at),
        default=None,
    )


def _mean_change(song: Heard) -> float:
    return (song.valence_after - song.valence_before) / song.measured


def _mean(sums: Sequence[float], count: int) -> float | None:
    return sum(sums) / count if count else None
