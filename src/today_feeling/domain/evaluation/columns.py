"""Columns of a song table, whatever they are, as features.

A column is of numbers where nine in ten of its values are. Whole numbers are categories where the
column's name says so (`key`, `genre_id`), and 0 and 1 are always one. Other text is the year
of a date, or else categories, of which a song may have several. A category that fewer than three
songs share tells nothing. Numbers are standardised over the table, which is known before anyone
listens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from today_feeling.domain.evaluation import cells
from today_feeling.domain.recommend.hybrid import Floats

_CATEGORY: Final = re.compile(
    r"(genre|style|language|artist|album|label|country|mode|key|signature|class|cluster|category"
    r"|code|type|\bid|_id)s?_?[0-9]*$",
    re.IGNORECASE,
)
_GENRE: Final = re.compile(r"genre|style", re.IGNORECASE)
_GENRES: Final = re.compile(
    r"(^|[^a-z])(rock|pop|jazz|classic(al)?|hip[ _-]?hop|rap|r&?n?b|soul|blues|electron(ic|ica)|edm"
    r"|dance|disco|house|techno|ambient|folk|country|metal|punk|indie|reggae|latin|world|k-?pop"
    r"|ballad|trot|idol|ost|soundtrack|game)([^a-z]|$)",
    re.IGNORECASE,
)
"""Names of columns of 0 and 1 that are genres, in a table that calls none so."""
_DATE: Final = re.compile(r"([0-9]{4})([-/.][0-9]{1,2}([-/.][0-9]{1,2}.*)?)?")
_NUMERIC_SHARE: Final = 0.9
_SONGS_OF_A_CATEGORY: Final = 3
_CATEGORIES: Final = 24
"""Of one column, the most common ones,"""
_ALL_CATEGORIES: Final = 64
"""and of all columns together."""
_NUMBERS: Final = 32
"""More numeric columns than this are replaced by so many principal components of theirs."""
_CLIP: Final = 3.0


@dataclass(frozen=True, slots=True)
class Features:
    """What the table says of N songs."""

    numbers: Floats
    """Standardised, 0 where missing, [N, ...]."""
    categories: Floats
    """Membership, 0 or 1, [N, ...]."""
    genres: Floats
    """Membership in genres, of all columns about them, 0 or 1, [N, ...]; [N, 0] without any."""
    unread: tuple[str, ...]
    """Columns that tell nothing: constant, or another text for nearly every song."""


def features(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> Features:
    """Make features of these columns of the songs; a song may lack any of them."""
    numbers: list[Floats] = []
    categories: dict[str, Floats] = {}
    unread: list[str] = []
    for column in columns:
        texts = [cells.written(row.get(column)) for row in rows]
        values = _values(column, texts)
        if values is None:
            members = _memberships(texts, several=bool(_GENRE.search(column)))
        elif set(values[np.isfinite(values)]) <= {0.0, 1.0}:
            members = _shared(np.nan_to_num(values)[:, None])
        else:
            standard = _standardised(values)
            if standard.any():
                numbers.append(standard)
            else:
                unread.append(column)
            continue
        if members.size:
            categories[column] = members
        else:
            unread.append(column)
    nothing = np.zeros((len(rows), 0))
    of_genre = [each for name, each in categories.items() if _GENRE.search(name)] or [
        each for name, each in categories.items() if each.shape[1] == 1 and _GENRES.search(name)
    ]
    return Features(
        numbers=_fewer(np.column_stack(numbers)) if numbers else nothing,
        categories=_most_common(np.hstack(list(categories.values()))) if categories else nothing,
        genres=np.hstack(of_genre) if of_genre else nothing,
        unread=tuple(unread),
    )


def _values(column: str, texts: Sequence[str]) -> Floats | None:
    """The column as numbers, NaN where missing; None where it is categories."""
    values = np.array([cells.number(text) for text in texts])
    known = values[np.isfinite(values)]
    told = sum(map(bool, texts))
    if known.size < _NUMERIC_SHARE * told:
        dates = [_DATE.fullmatch(text) for text in texts]
        if sum(map(bool, dates)) < _NUMERIC_SHARE * told:
            return None
        return np.array([float(date[1]) if date else np.nan for date in dates])
    whole = bool((known == np.rint(known)).all())
    few = len(set(known)) <= _CATEGORIES
    named = _CATEGORY.search(column) or (few and _GENRE.search(column))
    return None if whole and named and not set(known) <= {0.0, 1.0} else values


def _memberships(texts: Sequence[str], *, several: bool) -> Floats:
    """One column for each of the most common values; a text may name several, "rock|pop", and as
    a genre also "['rock', 'pop']" and "rock, pop"."""
    between = r"[|;,/\[\]]" if several else r"[|;]"
    split = [
        {cells.identity(part.strip(" '\"")).casefold() for part in re.split(between, text)} - {""}
        for text in texts
    ]
    counts = Counter(part for parts in split for part in sorted(parts))
    common = [part for part, _ in counts.most_common(_CATEGORIES)]
    return _shared(np.array([[float(part in parts) for part in common] for parts in split]))


def _shared(members: Floats) -> Floats:
    """Those categories that enough songs share, and not all of them."""
    count = members.sum(0)
    kept: Floats = members[:, (count >= _SONGS_OF_A_CATEGORY) & (count < len(members))]
    return kept


def _most_common(members: Floats) -> Floats:
    kept = np.sort(np.argsort(-members.sum(0), kind="stable")[:_ALL_CATEGORIES])
    common: Floats = members[:, kept]
    return common


def _standardised(values: Floats) -> Floats:
    known = np.isfinite(values)
    spread = values[known].std() if known.any() else 0.0
    if spread == 0.0:
        return np.zeros(len(values))
    standard = np.clip((values - values[known].mean()) / spread, -_CLIP, _CLIP)
    return np.where(known, standard, 0.0)


def _fewer(numbers: Floats) -> Floats:
    if numbers.shape[1] <= _NUMBERS:
        return numbers
    left, strengths, _ = np.linalg.svd(numbers, full_matrices=False)
    components = left[:, :_NUMBERS] * strengths[:_NUMBERS]
    return np.asarray(components / components.std(0).mean(), np.float64)
