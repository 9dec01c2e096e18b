"""Our own listening log as a study that `read_study` reads: nobody is named in it.

A like is a rating of 5, a dislike of 1, and everything else, as skips and finished songs are, none
at all: who says nothing is not counted as having said something. Nor are outcomes among the
columns, as every column that the reader does not know is a context that was there before.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from today_feeling.domain.diary import Play
from today_feeling.domain.goals import GOALS
from today_feeling.domain.music import Track
from today_feeling.domain.recommend.features import LONG_SESSION, in_a_row
from today_feeling.domain.recommend.songs import artist_key

EVENTS: Final = (
    "event",
    "user",
    "time",
    "song",
    "valence_before",
    "arousal_before",
    "valence_after",
    "rating",
    "random",
    "certainty",
    "session",
    *(f"goal_{goal}" for goal in GOALS if goal != "match"),
)
SONGS: Final = (
    "song",
    "genre",
    "language",
    "year",
    "duration_s",
    "valence",
    "energy",
    "affect_estimated",
    "tempo",
    "tempo_estimated",
    "source",
    "artist_id",
)
_NUMBERS: Final = 10**9

Row = Mapping[str, str]


class Log:
    """Makes the rows; knows people, and artists, by numbers that mean nothing elsewhere."""

    def __init__(self, rng: random.Random) -> None:
        """`rng` draws the numbers of people."""
        self._rng = rng
        self._people: dict[int, int] = {}
        self._tracks: dict[int, Track] = {}
        self._began: dict[int, deque[datetime]] = {}
        """When each person's last songs began, the newest first."""
        self._events = 0

    def event(self, user_id: int, play: Play, at_random: bool | None) -> Row:
        """What came of a play; they come in order of time. `at_random`: whether the rule drew the
        song; None is not known.

        Valence before is what was seen in the minute before the song, where enough was seen
        around it, else that of the mood for which the song was chosen, as is arousal.
        """
        self._events += 1
        recommendation, after = play.recommendation, play.after
        self._tracks[recommendation.track.id] = recommendation.track
        mood = recommendation.mood
        felt = mood.felt
        before = after.valence_before if after else felt.valence if felt else None
        cells = {
            "event": str(self._events),
            "user": str(self._person(user_id)),
            "time": play.started_at.astimezone(UTC).isoformat(timespec="seconds"),
            "song": str(recommendation.track.id),
            "valence_before": _text(before),
            "arousal_before": _text(felt.arousal if felt else None),
            "valence_after": _text(after.valence_after if after else None),
            "rating": "" if play.liked is None else "5" if play.liked else "1",
            "random": str(int(bool(at_random))),
            "certainty": _text(mood.confidence),
            "session": str(self._heard_in_a_row(user_id, play.started_at)),
        }
        return cells | {f"goal_{g}": str(int(mood.goal == g)) for g in GOALS if g != "match"}

    def _heard_in_a_row(self, user_id: int, now: datetime) -> int:
        began = self._began.setdefault(user_id, deque(maxlen=LONG_SESSION))
        heard = in_a_row(began, now)
        began.appendleft(now)
        return heard

    def _person(self, user_id: int) -> int:
        while user_id not in self._people:
            number = self._rng.randrange(_NUMBERS)
            if number not in self._people.values():
                self._people[user_id] = number
        return self._people[user_id]

    def songs(self) -> Iterator[Row]:
        """The songs of the events so far, without titles: one of a user's own could tell whose."""
        artists: dict[str, int] = {}
        for track in sorted(self._tracks.values(), key=lambda track: track.id):
            artist = artist_key(track.artist) if track.artist else None
            yield {
                "song": str(track.id),
                "genre": track.genre,
                "language": (track.language or "").replace("/", "|"),
                "year": _text(track.year),
                "duration_s": _text(track.duration_s),
                "valence": _text(track.valence),
                "energy": _text(track.energy),
                "affect_estimated": str(int(track.estimated)),
                "tempo": _text(track.tempo),
                "tempo_estimated": str(int(track.tempo_estimated)),
                "source": track.source,
                "artist_id": str(artists.setdefault(artist, len(artists) + 1)) if artist else "",
            }


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
