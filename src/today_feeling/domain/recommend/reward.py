"""What a play says about whether it was a good choice. How long someone listens never counts."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

EARLY_S: Final = 30.0
"""A skip before is about the song; later ones may be about anything."""

_MOOD_WEIGHT: Final = 0.3


class Opinion(NamedTuple):
    """A reward, and how far to believe it."""

    reward: float
    """-1 bad .. 1 good."""
    weight: float
    """0..1; 1 is the user's own word."""


def opinion(
    *,
    liked: bool | None,
    outcome: Literal["finished", "skipped", "stopped", "failed"] | None,
    seconds: float | None,
    progress: float | None = None,
    banned: bool = False,
) -> Opinion | None:
    """What came of a play as an opinion; None where it says nothing.

    The user's word outweighs all else. About half of all songs are skipped, so a skip is weak, and
    what is merely stopped says nothing. `banned`: the user said at this play that the song, or its
    artist, is never to come again: as clear as a dislike. `progress`: of the mood towards the
    goal, -1..1 (see `goals.progress`); it moves the reward by at most 0.3, up or down.
    """
    if banned:
        reward, weight = -1.0, 1.0
    elif liked is not None:
        reward, weight = (1.0 if liked else -1.0), 1.0
    elif outcome == "finished":
        reward, weight = 0.4, 0.5
    elif outcome == "skipped":
        early = seconds is not None and seconds < EARLY_S
        reward, weight = (-0.4, 0.25) if early else (-0.1, 0.1)
    else:
        return None
    moved = reward + _MOOD_WEIGHT * (progress or 0.0)
    return Opinion(max(-1.0, min(1.0, moved)), weight)
