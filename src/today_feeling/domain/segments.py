"""The stretches of a video with one emotion, by the temporal rule: docs/temporal.md, "Segments"."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from numpy.typing import ArrayLike

from today_feeling.domain.temporal import Label, TemporalFilter, TemporalParameters, TemporalState


class Segment(NamedTuple):
    """A stretch of a video with one label."""

    start_s: float
    end_s: float
    emotion: Label


class SegmentRecorder:
    """Runs the rule over a whole video and remembers when the label changed."""

    def __init__(self, parameters: TemporalParameters) -> None:
        self._filter = TemporalFilter(parameters)
        self._changes: list[tuple[float, Label]] = []
        self._first_s: float | None = None
        self._last_s = -math.inf

    def push(self, time_s: float, probabilities: ArrayLike | None) -> TemporalState:
        """As `TemporalFilter.push`."""
        state = self._filter.push(time_s, probabilities)
        self._changes += self._filter.changes
        self._first_s = time_s if self._first_s is None else self._first_s
        self._last_s = max(self._last_s, time_s)
        return state

    def segments(self) -> list[Segment]:
        """The stretches so far; none before the second sample."""
        found: list[Segment] = []
        if self._first_s is None:
            return found
        ends = [since_s for since_s, _ in self._changes[1:]] + [self._last_s]
        for (since_s, label), until_s in zip(self._changes, ends, strict=True):
            start_s = max(since_s, self._first_s) if not found else found[-1].end_s
            end_s = min(until_s, self._last_s)
            if end_s <= start_s:
                continue
            if found and found[-1].emotion == label:
                found[-1] = found[-1]._replace(end_s=end_s)
            else:
                found.append(Segment(start_s, end_s, label))
        return found


def segments(
    samples: Iterable[tuple[float, ArrayLike | None]], parameters: TemporalParameters
) -> list[Segment]:
    """Stretches of equal label from the first sample's time to the last one's."""
    recorder = SegmentRecorder(parameters)
    for time_s, probabilities in samples:
        recorder.push(time_s, probabilities)
    return recorder.segments()
