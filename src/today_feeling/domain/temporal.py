"""From probabilities to a current emotion, in seconds and not in frames: docs/temporal.md.

The same rule runs in the browser (`web/src/vision/temporal.ts`); both replay
`tests/golden/temporal.json`.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from today_feeling.domain.emotion import EMOTIONS, UNSURE, Emotion
from today_feeling.errors import InvalidInput

Label = Emotion | Literal["unsure"]
Reason = Literal["starting", "low_confidence", "no_face"]
Vector = NDArray[np.float64]

SLACK: Final = 1e-9
"""Seconds by which a binary fraction may miss the decimal that was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporalParameters:
    """The numbers of the rule; lengths in seconds, shares and probabilities in 0..1."""

    unsure_below: float
    """Smoothed top probability under which a tick votes `unsure`; the model card states it."""
    tick_s: float = 0.1
    smoothing_s: float = 0.5
    window_s: float = 2.0
    majority: float = 0.6
    margin: float = 0.05
    dwell_s: float = 2.0
    hold_s: float = 0.5
    no_face_s: float = 1.0
    gap_s: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class TemporalState:
    """What is current after the last closed tick.

    Attributes
    ----------
    time_s
        End of that tick.
    emotion
        One of the six, or `unsure`.
    reason
        Why it is `unsure`; None for an emotion.
    confidence
        Smoothed probability of the current emotion, or the largest one while unsure; 0 where
        smoothing is empty.
    probabilities
        Smoothed, float64 [6] in the order of `EMOTIONS`, or None.
    since_s
        End of the tick in which `emotion` or `reason` last changed.
    """

    time_s: float
    emotion: Label
    reason: Reason | None
    confidence: float
    probabilities: Vector | None
    since_s: float


@dataclass(slots=True)
class _Tick:
    """The open tick: what was sampled in it."""

    index: int
    total: Vector = field(default_factory=lambda: np.zeros(len(EMOTIONS)))
    faces: int = 0

    def value(self) -> Vector | None:
        return self.total / self.faces if self.faces else None


class TemporalFilter:
    """The rule as a state machine: `push` samples, read `state`."""

    def __init__(self, parameters: TemporalParameters) -> None:
        self._p = parameters
        self._votes_kept = round(parameters.window_s / parameters.tick_s)
        self._votes_needed = math.ceil(parameters.majority * self._votes_kept - SLACK)
        self._gain = 1 - math.exp(-parameters.tick_s / parameters.smoothing_s)
        self.changes: list[tuple[float, Label]] = []
        """Changes made by the last push: since when, and the label; oldest first."""
        self._last_s: float | None = None
        self._start(0)

    def _start(self, tick: int) -> None:
        self._open = _Tick(tick)
        self._smoothed: Vector | None = None
        self._votes: deque[Label] = deque(maxlen=self._votes_kept)
        self._faceless = 0
        self._time_s = tick * self._p.tick_s
        self._current: tuple[Label, Reason | None] = (UNSURE, "starting")
        self._since_s = self._time_s
        self.changes = [(self._since_s, UNSURE)]

    @property
    def state(self) -> TemporalState:
        """What is current now; `unsure` / `starting` at 0 before the first sample."""
        emotion, reason = self._current
        smoothed = self._smoothed
        if smoothed is None:
            confidence = 0.0
        elif emotion == UNSURE:
            confidence = float(smoothed.max())
        else:
            confidence = float(smoothed[EMOTIONS.index(emotion)])
        probabilities = None if smoothed is None else smoothed.copy()
        return TemporalState(
            self._time_s, emotion, reason, confidence, probabilities, self._since_s
        )

    def push(self, time_s: float, probabilities: ArrayLike | None) -> TemporalState:
        """Take one looked-at picture; `probabilities` is None where no face was found.

        Raises
        ------
        InvalidInput
            The time is not finite, or the vector is not six probabilities.
        """
        vector = None if probabilities is None else _checked(probabilities)
        if not math.isfinite(time_s):
            raise InvalidInput(f"a sample's time must be finite, not {time_s}")
        self.changes = []
        if self._last_s is not None and time_s <= self._last_s:
            return self.state
        tick = math.floor(time_s / self._p.tick_s + SLACK)
        if self._last_s is None or time_s - self._last_s > self._p.gap_s + SLACK:
            self._start(tick)
        elif tick > self._open.index:
            self._close_until(tick, self._last_s)
        self._last_s = time_s
        if vector is not None:
            self._open.total += vector
            self._open.faces += 1
        return self.state

    def forget(self) -> None:
        """The next sample is of another face: it starts the rule anew."""
        self._last_s = None

    def _close_until(self, tick: int, last_s: float) -> None:
        """Close the open tick and the empty ones before `tick`; then that one is open."""
        value = self._open.value()
        for index in range(self._open.index, tick):
            if index * self._p.tick_s > last_s + self._p.hold_s + SLACK:
                value = None
            self._time_s = (index + 1) * self._p.tick_s
            if value is None:
                self._close_without_face()
            else:
                self._close_with(value)
        self._open = _Tick(tick)

    def _close_without_face(self) -> None:
        self._faceless += 1
        if self._faceless * self._p.tick_s >= self._p.no_face_s - SLACK:
            self._smoothed = None
            self._votes.clear()
            self._become(UNSURE, "no_face")

    def _close_with(self, value: Vector) -> None:
        self._faceless = 0
        if self._smoothed is None:
            self._smoothed = value
        else:
            self._smoothed = self._smoothed + self._gain * (value - self._smoothed)
        top = int(self._smoothed.argmax())
        self._votes.append(EMOTIONS[top] if self._smoothed[top] >= self._p.unsure_below else UNSURE)
        leader, count = self._leader()
        if leader != self._label and count >= self._votes_needed and self._may_change_to(leader):
            self._become(leader, "low_confidence" if leader == UNSURE else None)

    @property
    def _label(self) -> Label | None:
        """The current label; None while nothing has been decided since the start or a face."""
        emotion, reason = self._current
        return None if reason in {"starting", "no_face"} else emotion

    def _leader(self) -> tuple[Label, int]:
        """Label with most votes, and their number; of equals the current, else the latest."""
        counts = Counter(self._votes)
        most = max(counts.values())
        if self._label is not None and counts[self._label] == most:
            return self._label, most
        return next(vote for vote in reversed(self._votes) if counts[vote] == most), most

    def _may_change_to(self, leader: Label) -> bool:
        """Whether dwell and hysteresis let the current label go."""
        label, smoothed = self._label, self._smoothed
        if label is None:
            return True
        if self._time_s - self._since_s < self._p.dwell_s - SLACK:
            return False
        if smoothed is None or UNSURE in (label, leader):
            return True
        lead = smoothed[EMOTIONS.index(leader)] - smoothed[EMOTIONS.index(label)]
        return bool(lead >= self._p.margin)

    def _become(self, emotion: Label, reason: Reason | None) -> None:
        if self._current == (emotion, reason):
            return
        self._current = (emotion, reason)
        self._since_s = self._time_s
        self.changes.append((self._since_s, emotion))


def _checked(probabilities: ArrayLike) -> Vector:
    vector = np.array(probabilities, dtype=np.float64)
    if vector.shape != (len(EMOTIONS),):
        raise InvalidInput(f"expected {len(EMOTIONS)} probabilities, got shape {vector.shape}")
    if not np.isfinite(vector).all() or (vector < 0).any() or not 0.99 <= vector.sum() <= 1.01:
        raise InvalidInput(f"not a probability vector: {vector.tolist()}")
    return vector
