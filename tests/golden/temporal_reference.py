"""A slow second implementation of docs/temporal.md, to tell what must come of a sequence.

It shares no code with the product, holds no state, and goes from the whole list of samples to the
answer each time it is asked, with ticks counted in exact fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

EMOTIONS = ["anger", "fear", "happiness", "neutral", "sadness", "surprise"]
DEFAULTS: dict[str, float] = {
    "tick_s": 0.1,
    "smoothing_s": 0.5,
    "window_s": 2.0,
    "majority": 0.6,
    "margin": 0.05,
    "dwell_s": 2.0,
    "unsure_below": 0.4,
    "hold_s": 0.5,
    "no_face_s": 1.0,
    "gap_s": 5.0,
}
Sample = tuple[float, list[float] | None]
Exact = tuple[Fraction, list[float] | None]


def exact(value: float) -> Fraction:
    """The short decimal or n/60 that was meant by a binary fraction."""
    return Fraction(value).limit_denominator(600_000)


@dataclass
class Answer:
    """The state after the last sample, and all label changes of this run."""

    state: dict[str, object]
    changes: list[tuple[Fraction, str]]


def accepted(samples: list[Sample]) -> list[Exact]:
    """Samples whose time is later than that of all before them."""
    kept: list[Exact] = []
    for time_s, vector in samples:
        if not kept or exact(time_s) > kept[-1][0]:
            kept.append((exact(time_s), vector))
    return kept


def runs(samples: list[Exact], gap: Fraction) -> list[list[Exact]]:
    """Split where a silence is longer than the gap."""
    parts: list[list[Exact]] = []
    for sample in samples:
        if parts and sample[0] - parts[-1][-1][0] <= gap:
            parts[-1].append(sample)
        else:
            parts.append([sample])
    return parts


def tick_values(run: list[Exact], p: dict[str, float]) -> tuple[int, list[list[float] | None]]:
    """First tick, and the values of all closed ticks from it on."""
    tick, hold = exact(p["tick_s"]), exact(p["hold_s"])
    first, last = (math.floor(sample[0] / tick) for sample in (run[0], run[-1]))
    values: list[list[float] | None] = []
    for k in range(first, last):
        up_to = [sample for sample in run if sample[0] < (k + 1) * tick]
        newest = math.floor(up_to[-1][0] / tick)
        if newest < k and k * tick > up_to[-1][0] + hold:
            values.append(None)
            continue
        faces = [v for t, v in up_to if math.floor(t / tick) == newest and v is not None]
        mean = [sum(column) / len(faces) for column in zip(*faces, strict=True)]
        values.append(mean if faces else None)
    return first, values


def answer(run: list[Exact], p: dict[str, float]) -> Answer:
    """Apply the rule to one run of samples."""
    tick = exact(p["tick_s"])
    first, values = tick_values(run, p)
    size = round(exact(p["window_s"]) / tick)
    needed = math.ceil(exact(p["majority"]) * size)
    label: str | None = None
    emotion, reason, since = "unsure", "starting", first * tick
    changes = [(since, "unsure")]
    smoothed: list[float] | None = None
    votes: list[str] = []
    for number, value in enumerate(values):
        end = (first + number + 1) * tick
        decided: tuple[str, str] | None = None
        if value is None:
            faceless = 0
            while faceless <= number and values[number - faceless] is None:
                faceless += 1
            if faceless * tick >= exact(p["no_face_s"]):
                smoothed, votes, label = None, [], None
                decided = ("unsure", "no_face")
        else:
            gain = 1 - math.exp(-p["tick_s"] / p["smoothing_s"])
            old = value if smoothed is None else smoothed
            smoothed = [s + gain * (v - s) for s, v in zip(old, value, strict=True)]
            best = max(smoothed)
            votes.append(EMOTIONS[smoothed.index(best)] if best >= p["unsure_below"] else "unsure")
            window = votes[-size:]
            most = max(window.count(vote) for vote in window)
            tied = {vote for vote in window if window.count(vote) == most}
            leader = label if label in tied else [vote for vote in window if vote in tied][-1]
            free = label is None or end - since >= exact(p["dwell_s"])
            clear = True
            if label in EMOTIONS and leader in EMOTIONS:
                ahead = smoothed[EMOTIONS.index(leader)] - smoothed[EMOTIONS.index(label)]
                clear = ahead >= p["margin"]
            if leader != label and most >= needed and free and clear:
                label = leader
                decided = (leader, "low_confidence" if leader == "unsure" else "")
        if decided and decided != (emotion, reason):
            (emotion, reason), since = decided, end
            changes.append((since, emotion))
    confidence = 0.0
    if smoothed is not None:
        top = emotion if emotion in EMOTIONS else EMOTIONS[smoothed.index(max(smoothed))]
        confidence = smoothed[EMOTIONS.index(top)]
    state: dict[str, object] = {
        "time_s": float((first + len(values)) * tick),
        "emotion": emotion,
        "reason": reason or None,
        "confidence": confidence,
        "probabilities": smoothed,
        "since_s": float(since),
    }
    return Answer(state, changes)


def expected_segments(samples: list[Sample], p: dict[str, float]) -> list[dict[str, object]]:
    """Cut the time from the first to the last sample at the changes."""
    kept = accepted(samples)
    start, stop = kept[0][0], kept[-1][0]
    changes = [change for run in runs(kept, exact(p["gap_s"])) for change in answer(run, p).changes]
    edges = [start, *(time for time, _ in changes[1:]), stop]
    found: list[tuple[Fraction, Fraction, str]] = []
    inside = [min(max(edge, start), stop) for edge in edges]
    for (_, emotion), begin, end in zip(changes, inside[:-1], inside[1:], strict=True):
        if begin == end:
            continue
        if found and found[-1][2] == emotion:
            found[-1] = (found[-1][0], end, emotion)
        else:
            found.append((begin, end, emotion))
    return [{"start_s": float(a), "end_s": float(b), "emotion": e} for a, b, e in found]
