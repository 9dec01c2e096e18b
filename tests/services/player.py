"""Who plans songs, and plays what was planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.services.test_listening import Listener
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.services import choosing
from today_feeling.services.choosing import Queue, Waiting

SAD = Mood("sadness", "manual")


HAPPY = Mood("happiness", "manual")


class Player(Listener):
    """Plans, and plays what was planned."""

    def plans(self, mood: Mood = SAD, **how: Any) -> list[Recommendation]:
        unavailable = how.pop("unavailable", ())
        return choosing.plan(
            self.database,
            self.id,
            mood,
            Queue(**{"length": 5, **how}),
            unavailable=unavailable,
            now=self.clock.advance(seconds=200),
            rng=self.rng,
        )


def waiting(songs: Sequence[Recommendation], placed: Sequence[int] = ()) -> list[Waiting]:
    return [Waiting(song.id, index in placed) for index, song in enumerate(songs)]


def ids(songs: Sequence[Recommendation]) -> list[int]:
    return [song.id for song in songs]
