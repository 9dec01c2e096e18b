"""Writes `temporal.json`: sequences and what docs/temporal.md says must come of them.

`python -m tests.golden.make_temporal`. The sequences keep clear of values that the specification
leaves to rounding.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

from tests.golden.temporal_reference import (
    DEFAULTS,
    EMOTIONS,
    Sample,
    accepted,
    answer,
    exact,
    expected_segments,
    runs,
)


def sequence(
    name: str, samples: list[Sample], ask: list[int] | None = None, **changed: float
) -> dict[str, object]:
    """One golden sequence; states are asked for after some samples and wherever they change."""
    p = DEFAULTS | changed
    states: list[dict[str, object]] = []
    before: tuple[object, object] | None = None
    wanted = {number % len(samples) for number in (ask or [])} | {0, len(samples) - 1}
    for number in range(len(samples)):
        run = runs(accepted(samples[: number + 1]), exact(p["gap_s"]))[-1]
        state = answer(run, p).state
        now = (state["emotion"], state["reason"])
        if number in wanted or now != before:
            states.append({"after_sample": number, **state})
        before = now
    return {
        "name": name,
        "parameters": p,
        "samples": samples,
        "states": states,
        "segments": expected_segments(samples, p),
    }


def peak(emotion: str, top: float = 0.75) -> list[float]:
    """A vector with `top` at one emotion, and the rest shared unevenly."""
    others = [name for name in EMOTIONS if name != emotion]
    shares = dict(zip(others, (0.3, 0.25, 0.2, 0.15, 0.1), strict=True))
    return [top if e == emotion else round((1 - top) * shares[e], 6) for e in EMOTIONS]


SAD, HAPPY, NEUTRAL = peak("sadness"), peak("happiness"), peak("neutral")
FLAT = [0.2, 0.12, 0.18, 0.2, 0.18, 0.12]
Piece = tuple[float, list[float] | None]


def clip(fps: int, *pieces: Piece, start: float = 0.0) -> list[Sample]:
    """Samples at a frame rate: pieces of (length in seconds, vector)."""
    samples: list[Sample] = []
    begin = Fraction(0)
    for length, vector in pieces:
        end = begin + exact(length)
        samples += [
            (float(exact(start) + Fraction(n, fps)), vector)
            for n in range(math.ceil(begin * fps), math.ceil(end * fps))
        ]
        begin = end
    return samples


def all_sequences() -> list[dict[str, object]]:
    """Every behaviour that the two implementations must share."""
    two = (0.5, 0.1)
    return [
        *(
            sequence(
                f"sadness to happiness at {fps} frames a second", clip(fps, (4, SAD), (4, HAPPY))
            )
            for fps in (5, 10, 15, 30, 60)
        ),
        sequence(
            "a single flicker changes nothing", clip(10, (4, SAD), (0.4, HAPPY), (4, SAD)), [41, 43]
        ),
        sequence(
            "flicker every frame keeps the first",
            clip(10, (4, SAD), *[(0.1, HAPPY), (0.1, SAD)] * 25),
        ),
        sequence("low confidence from the start", clip(10, (3, FLAT))),
        sequence("confidence lost after an emotion", clip(10, (4, HAPPY), (4, FLAT), (4, SAD))),
        sequence("no face from the start", clip(15, (2.5, None))),
        sequence(
            "face lost for less than a second",
            clip(15, (4, HAPPY), (0.8, None), (1.2, HAPPY)),
            [66],
        ),
        sequence("face lost and found again", clip(15, (4, HAPPY), (3, None), (3, SAD)), [90, 110]),
        sequence("every other frame without a face", clip(10, *[(0.1, HAPPY), (0.1, None)] * 30)),
        sequence(
            "faceless frames beside faces in one tick",
            clip(30, *[(1 / 30, HAPPY), (1 / 15, None)] * 40),
        ),
        sequence(
            "a sample speaks for its hold only",
            [(0.05, HAPPY), (1.05, HAPPY), (2.05, HAPPY), (4.35, HAPPY)],
        ),
        sequence(
            "hold ends on a tick border",
            [(0.0, HAPPY), (1.0, HAPPY), (1.5, None), (3.0, HAPPY)],
            [1, 2],
        ),
        sequence("one frame a second is enough", clip(1, (8, SAD), (8, HAPPY))),
        sequence(
            "clock going back loses samples, not the state",
            clip(10, (4, HAPPY)) + clip(10, (1, SAD), start=1.0) + clip(10, (1, HAPPY), start=4.0),
            [39, 40, 49, 50],
        ),
        sequence(
            "the same time twice counts once",
            [(time_s, vector) for time_s, _ in clip(10, (3, SAD)) for vector in (SAD, HAPPY)],
        ),
        sequence(
            "a gap starts anew", clip(10, (4, HAPPY)) + clip(10, (4, SAD), start=12.0), [39, 40]
        ),
        sequence(
            "a silence of exactly the gap does not",
            clip(10, (4, HAPPY)) + clip(10, (3, SAD), start=8.9),
            [40],
        ),
        sequence(
            "two changes inside one silence",
            [*clip(10, (1.3, HAPPY), (1.2, SAD)), (6.0, SAD), (6.2, SAD)],
            dwell_s=0.5,
        ),
        sequence("dwell delays a change", clip(10, (1.5, SAD), (4, HAPPY)), dwell_s=4.0),
        sequence("no dwell", clip(10, (2, SAD), (2, HAPPY)), dwell_s=0.0),
        sequence(
            "hysteresis keeps a near equal",
            clip(
                10, (4, [0.05, 0.05, *two, 0.25, 0.05]), (5, [0.05, 0.05, 0.33, 0.14, 0.38, 0.05])
            ),
            margin=0.06,
            unsure_below=0.3,
        ),
        sequence(
            "hysteresis gives way to a clear lead",
            clip(
                10, (4, [0.05, 0.05, *two, 0.25, 0.05]), (5, [0.05, 0.05, 0.33, 0.11, 0.41, 0.05])
            ),
            margin=0.06,
            unsure_below=0.3,
        ),
        sequence(
            "the first of equal probabilities is voted",
            clip(10, (2, [0.0, 0.0, 0.5, 0.0, 0.5, 0.0])),
        ),
        sequence(
            "of equal counts the latest voted leads",
            clip(10, (1, NEUTRAL), (1, SAD), (1.5, HAPPY)),
            [20, 30],
            majority=0.5,
            smoothing_s=0.001,
        ),
        sequence(
            "of equal counts the current stays",
            clip(10, (1, SAD), (1, HAPPY), (0.5, SAD)),
            majority=0.3,
            smoothing_s=0.001,
            dwell_s=0.1,
        ),
        sequence(
            "odd lengths",
            clip(24, (3, SAD), (4, NEUTRAL), (1, None), (2, HAPPY)),
            tick_s=0.125,
            window_s=1.3,
            majority=0.55,
            smoothing_s=0.3,
            no_face_s=0.7,
        ),
        sequence("late start", clip(30, (3, NEUTRAL), start=1000.05), [5]),
    ]


INVALID = [
    {"name": "five entries", "probabilities": [0.2, 0.2, 0.2, 0.2, 0.2]},
    {"name": "negative entry", "probabilities": [-0.1, 0.3, 0.2, 0.2, 0.2, 0.2]},
    {"name": "sum too small", "probabilities": [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]},
    {"name": "sum too large", "probabilities": [0.2, 0.2, 0.2, 0.2, 0.2, 0.2]},
    {"name": "empty", "probabilities": []},
]


def main() -> None:
    """Write the file beside this script, one sample or state a line."""
    lines = []
    for item in all_sequences():
        fields = []
        for key, value in item.items():
            if isinstance(value, list) and value:
                inner = ",\n   ".join(json.dumps(entry) for entry in value)
                fields.append(f'  "{key}": [\n   {inner}\n  ]')
            else:
                fields.append(f'  "{key}": {json.dumps(value)}')
        lines.append(" {\n" + ",\n".join(fields) + "\n }")
    text = (
        '{\n"specification": "docs/temporal.md",\n"emotions": '
        + json.dumps(EMOTIONS)
        + ',\n"invalid": '
        + json.dumps(INVALID)
        + ',\n"sequences": [\n'
        + ",\n".join(lines)
        + "\n]}\n"
    )
    Path(__file__).with_name("temporal.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
