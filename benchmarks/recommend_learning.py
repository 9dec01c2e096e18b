"""What learning costs: its arithmetic, learning proper, and the use case around it.

*Arithmetic*: from sums and the features of a play to the sums after it, in memory. *Learning*:
from the opinion to what it taught, written (`store.taste.learn`): all that is read, locked and
written for it, in a transaction that is open already. *Step*: the whole use case, in which someone
says what they think of a play, from the first lock to the end of the transaction.

The last two come twice. *A word*: where nothing was said something is, or that is taken back, so
all sums change. *Another word*: liked instead of disliked, or the other way round; the shared
matrix stays as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple, Protocol, TypeVar

import numpy as np
from sqlalchemy import Engine, event

from benchmarks.recommend_world import LAYOUT, NOW, Round
from today_feeling.domain.recommend.features import SPACE
from today_feeling.domain.recommend.hybrid import Floats, lesson
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.services import listening
from today_feeling.store import plays, taste

LIKED: Final = Opinion(1.0, 1.0)
DISLIKED: Final = Opinion(-1.0, 1.0)

Told = TypeVar("Told")
Call = Callable[[], object]


class Turns(Protocol):
    """A contestant: tells of its next turn, whatever is asked of the call."""

    def __call__(self, tell: Callable[[Call], Told], /) -> Told: ...


class Spent(NamedTuple):
    """Milliseconds."""

    cpu: float
    wall: float


def spend(call: Call) -> Spent:
    """What the call takes."""
    began, began_cpu = time.perf_counter(), time.thread_time()
    call()
    ended_cpu, ended = time.thread_time(), time.perf_counter()
    return Spent(1000 * (ended_cpu - began_cpu), 1000 * (ended - began))


def statements(call: Call) -> int:
    """How many statements the call asks, without those that begin and end transactions."""
    asked: list[object] = []

    def note(*told: object) -> None:
        asked.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        call()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


class Speaker:
    """Says two words of one play after the other, both of each; the second was said before."""

    def __init__(self, each: Round, play_ids: list[int], words: tuple[bool | None, bool]) -> None:
        self._round, self._words = each, words
        self._turn = 0
        with each.database.reading() as session:
            found = [plays.get(session, each.user_id, number) for number in play_ids]
        self._plays = [(play.id, play.recommendation.id) for play in found if play is not None]
        for play_id in play_ids:
            each.say(play_id, words[1])

    def learning(self, tell: Callable[[Call], Told], /) -> Told:
        """What there is to tell of learning proper."""
        _, recommendation_id, liked = self._next()
        said = None if liked is None else (LIKED if liked else DISLIKED)
        with self._round.database.writing() as session:
            session.connection()
            user_id = self._round.user_id
            taste.hold(session, user_id)
            return tell(lambda: taste.learn(session, user_id, recommendation_id, said))

    def step(self, tell: Callable[[Call], Told], /) -> Told:
        """What there is to tell of the use case."""
        play_id, _, liked = self._next()
        database, user_id = self._round.database, self._round.user_id
        return tell(lambda: listening.change_play(database, user_id, play_id, liked=liked))

    def _next(self) -> tuple[int, int, bool | None]:
        play_id, recommendation_id = self._plays[self._turn // 2 % len(self._plays)]
        self._turn += 1
        return play_id, recommendation_id, self._words[(self._turn - 1) % 2]


def arithmetic(each: Round, x: Floats) -> object:
    """From sums to sums."""
    of_all, of_one = lesson(LAYOUT, each.own, x, weight=1.0, reward=0.7)
    return each.unexplained + of_all, each.own + of_one


def contestants(each: Round) -> Mapping[str, Turns]:
    """By name; each has plays of its own."""
    numbers = list(each.liked)
    kinds = [("word", (None, True)), ("another_word", (False, True))]
    song = each.songs.features[:1].astype(np.float64)
    x = SPACE.rows(song, np.zeros((1, 2)), NOW)[0]

    def from_sums_to_sums(tell: Callable[[Call], Told], /) -> Told:
        return tell(partial(arithmetic, each, x))

    found: dict[str, Turns] = {"arithmetic": from_sums_to_sums}
    for first, (name, words) in enumerate(kinds):
        found[f"learning_{name}"] = Speaker(each, numbers[first::4], words).learning
        found[f"step_{name}"] = Speaker(each, numbers[first + 2 :: 4], words).step
    return found
