"""What helps this user: the mood after songs of a kind beside the mood before, with an interval.

A bad mood gets better by itself and a good one worse, whatever plays (`goals.RETURN`); what
counts is the rest. It is a before and after of one person and no experiment: other things happen
while a song plays, and who is heard when is not left to chance.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple, TypeVar

ENOUGH: Final = 5
"""Fewer measured plays of a kind say nothing yet."""
SHRINKAGE: Final = 5.0
"""An effect is drawn towards none as if so many plays without any had been seen, too."""
_USUAL_SPREAD: Final = 0.3
"""How far the change after one song strays, in valence, before anything is known of this user;"""
_USUAL_PLAYS: Final = 5.0
"""believed as much as so many plays of their own."""
_SURE: Final = 0.95

Kind = TypeVar("Kind", bound=Hashable)


class Sums(NamedTuple):
    """Over the measured plays of a kind."""

    plays: int
    total: float
    """Of the changes of valence, less what would have happened by itself."""
    squares: float
    """Of the same, squared."""


@dataclass(frozen=True, slots=True)
class Helped:
    """What songs of a kind did, as far as it can be told."""

    plays: int
    change: float | None
    """Of valence, -2..2, shrunken; None where there are too few plays."""
    low: float | None = None
    high: float | None = None
    """The 95 % interval: Student's, with the variance of all the user's plays."""


def helped(kinds: Mapping[Kind, Sums]) -> Mapping[Kind, Helped]:
    """What each kind did to the user, the best first and those that are not known yet last."""
    plays = sum(each.plays for each in kinds.values())
    within = sum(each.squares - each.total**2 / each.plays for each in kinds.values() if each.plays)
    freedom = _USUAL_PLAYS + max(0, plays - len(kinds))
    variance = (_USUAL_PLAYS * _USUAL_SPREAD**2 + max(0.0, within)) / freedom
    found = {kind: _one(each, variance, freedom) for kind, each in kinds.items()}
    order = sorted(
        found.items(),
        key=lambda item: (item[1].change is None, -(item[1].change or 0.0), -item[1].plays),
    )
    return dict(order)


def _one(sums: Sums, variance: float, freedom: float) -> Helped:
    if sums.plays < ENOUGH:
        return Helped(sums.plays, None)
    weight = sums.plays + SHRINKAGE
    change, width = sums.total / weight, student(freedom) * math.sqrt(variance / weight)
    return Helped(sums.plays, change, change - width, change + width)


def student(freedom: float, sure: float = _SURE) -> float:
    """So many standard errors on either side hold `sure` of Student's distribution.

    Its expansion in 1/freedom (Abramowitz and Stegun 26.7.5): right to 0.01 from freedom 5 on.
    """
    z = NormalDist().inv_cdf(0.5 + sure / 2)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return sum(term / freedom**power for power, term in enumerate(terms))
