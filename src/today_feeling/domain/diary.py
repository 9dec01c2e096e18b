"""The diary: what was seen, and the days of a person who lives in a time zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from today_feeling.domain.emotion import EMOTIONS, UNSURE, Emotion
from today_feeling.domain.recommend import Recommendation
from today_feeling.errors import InvalidInput

Reading = Literal[Emotion, "unsure"]
"""What an observation says: one of the six, or that it could not tell."""

READINGS: Final[tuple[Reading, ...]] = (*EMOTIONS, UNSURE)

MAX_NOTE: Final = 2000
"""Characters in the note of an entry."""

UNDO_FOR: Final = timedelta(minutes=10)
"""So long a deletion can be undone; then the records are really deleted."""

FIRST_DAY: Final = date(1970, 1, 2)
LAST_DAY: Final = date(2999, 12, 31)
"""Days outside have no bounds in some zone, or nobody to ask for them."""

_YEARS: Final = range(2000, 2101)
"""A century around us."""


def in_our_time(time: datetime) -> datetime:
    """The instant in UTC, in which it is kept and read again. Raises `ValueError` outside of the
    years 2000 to 2100, there or here: the ends of the calendar overflow."""
    if time.year not in _YEARS or (in_utc := time.astimezone(UTC)).year not in _YEARS:
        raise ValueError("must be between the years 2000 and 2100")
    return in_utc


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen during one short span, usually about 10 s."""

    id: UUID
    """Chosen by the client, so that sending it twice counts once."""
    observed_at: datetime
    """When the span began, UTC."""
    duration_s: float
    """Above 0."""
    emotion: Reading
    probabilities: tuple[float, ...] | None
    """Six, in the order of `EMOTIONS`."""
    unsure_share: float
    """The part of the span without a sure reading, 0..1."""
    corrected: Emotion | None = None
    """What the user said that it really was; None where the reading stands."""

    @property
    def sure_s(self) -> float:
        """Seconds that count for its emotion; the rest counts as `unsure`."""
        if self.corrected is not None:
            return self.duration_s
        return 0.0 if self.emotion == UNSURE else self.duration_s * (1 - self.unsure_share)


Outcome = Literal["finished", "skipped", "stopped", "failed"]
"""How a play ended."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The user's own words: an emotion, a note, or both."""

    id: UUID
    """Chosen by the client, so that sending it twice counts once."""
    at: datetime
    """The time that it is about, UTC."""
    emotion: Emotion | None
    valence: float | None
    """How pleasant, -1..1, where the user said so."""
    note: str | None
    """At most `MAX_NOTE` characters."""
    updated_at: datetime

    def __post_init__(self) -> None:
        if self.emotion is None and not self.note:
            raise InvalidInput("An entry needs an emotion or a note.")


@dataclass(frozen=True, slots=True)
class After:
    """What a song did to the mood: as far as was seen, not because of the song alone."""

    emotion: Emotion
    """The most seen one, after."""
    valence_before: float
    """Mean, -1..1."""
    valence_after: float

    @property
    def valence_change(self) -> float:
        """Above 0 where the mood was better after the song, -2..2."""
        return self.valence_after - self.valence_before


@dataclass(frozen=True, slots=True)
class Play:
    """A recommended track that really sounded."""

    id: int
    started_at: datetime
    recommendation: Recommendation
    outcome: Outcome | None = None
    """None while nobody has said."""
    seconds: float | None = None
    """How long it sounded."""
    liked: bool | None = None
    after: After | None = None
    """None where too little was seen before or after it."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one user, everything in order of time."""

    day: date
    timezone: str
    starts_at: datetime
    ends_at: datetime
    """First instant after the day, UTC."""
    observations: tuple[Observation, ...]
    plays: tuple[Play, ...]
    entries: tuple[Entry, ...]
    seconds: Mapping[Reading, float]


def zone(name: str) -> ZoneInfo:
    """The IANA time zone; raises `InvalidInput` where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"There is no time zone {name!r}.") from error


def day_bounds(day: date, timezone: ZoneInfo) -> tuple[datetime, datetime]:
    """First instant of the day and of the next one, UTC: 23 to 25 hours apart, seldom other.

    Days follow each other without a gap, also where clocks change at midnight: a midnight that
    is skipped is the instant of the change, one that comes twice is the first of the two.
    Raises `InvalidInput` outside `FIRST_DAY` .. `LAST_DAY`.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidInput(f"The date must be between {FIRST_DAY} and {LAST_DAY}.")

    def midnight(of: date) -> datetime:
        return datetime.combine(of, time(), tzinfo=timezone).astimezone(UTC)

    return midnight(day), midnight(day + timedelta(days=1))


def seconds_by_reading(observations: Iterable[Observation]) -> Mapping[Reading, float]:
    """Seconds of each emotion and of `unsure`; together they are the seconds observed.

    The unsure share of an observation counts as `unsure`, the rest as its emotion. A corrected
    one counts as what it was corrected to, whole.
    """
    seconds: dict[Reading, float] = dict.fromkeys(READINGS, 0.0)
    for observation in observations:
        seconds[observation.corrected or observation.emotion] += observation.sure_s
        seconds[UNSURE] += observation.duration_s - observation.sure_s
    return seconds
