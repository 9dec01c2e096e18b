"""Which of the songs that wait are still right, now that a song has ended."""

from __future__ import annotations

import math

from today_feeling.domain.goals import STEP, step
from today_feeling.domain.recommend.recommendation import Mood, Recommendation

LONGEST = 10
"""Songs of a queue; farther ahead nobody knows the mood."""


def still_fits(waiting: Recommendation, ahead: int, now: Mood) -> bool:
    """Whether a song that was planned earlier would be planned for this mood, too.

    `ahead`: so many songs come between the mood and it. A goal that is another one makes a new
    plan, and so does another emotion, or a mood that the camera sees farther than one step from
    where the plan takes it to be by then. What was told by hand is not measured again, so its
    path is followed to the end; and to `focus`, every mood is the same.
    """
    then = waiting.mood
    if then.goal != now.goal:
        return False
    if now.goal == "focus":
        return True
    if (then.emotion, then.origin) != (now.emotion, now.origin):
        return False
    before, felt = then.felt, now.felt
    if now.origin != "camera" or before is None or felt is None:
        return True
    expected = step(before, now.goal, max(0, waiting.step - ahead)).here
    return math.dist(expected, felt) <= STEP + 1e-9
