"""A personal neutral: would a bias from somebody's neutral face help? Measured on synthetic people.

FER names nobody, so people are made, each with pictures of their own and something
that shifts all of them, either a bias on the logits or a camera (turned, scaled, side-lit, in a
room of its own gamma). From neutral pictures of a person a bias is learned that moves their mean
log-probabilities to where neutral faces have them, and the person's other pictures are read with
it: always, or only where the neutral pictures themselves are misread. What a real face at rest
shifts is neither; docs/model/tools.md says what follows.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from training.arguments import add_data, add_model
from training.corruptions import gamma, scaled, side_light, turned
from training.data import PUBLIC_TEST, Faces, load, scored_rows
from training.evaluate import Emotions, as_crops
from training.metrics import measure

NEUTRAL = EMOTIONS.index("neutral")
PICTURES = 30
"""Of each, besides the neutral ones."""
FLOOR = 1e-4
"""Least probability, so that one sure answer does not decide a bias."""

Probabilities = NDArray[np.float64]


def neutral_bias(neutral: Probabilities, usual: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bias on the logits [6], sum 0, that makes a person's neutral look as neutral usually does.

    Parameters
    ----------
    neutral
        Probabilities [N, 6] of N neutral pictures of one person.
    usual
        Mean log-probabilities [6] of neutral pictures of many people.
    """
    bias = usual - np.log(np.maximum(neutral, FLOOR)).mean(axis=0)
    return np.asarray(bias - bias.mean())


def corrected(
    probabilities: Probabilities, bias: NDArray[np.float64], strength: float
) -> Probabilities:
    """Probabilities [N, 6] after `strength` (0..1) times the bias on their logits."""
    scores = np.log(np.maximum(probabilities, FLOOR)) + strength * bias
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Person:
    """What a model said about one synthetic person."""

    neutral: Probabilities
    """[K, 6], the sample."""
    answers: Probabilities
    """[PICTURES, 6]."""
    labels: NDArray[np.int64]
    """[PICTURES], true classes."""


def _camera(crops: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """One person's camera: the same for all of their pictures."""
    angle, zoom = random.uniform(5, 20), random.uniform(0.8, 1.2)
    shadow, exponent = random.uniform(0, 0.7), np.exp(random.uniform(-0.6, 0.6))
    seed = int(random.integers(1 << 30))

    def seen(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
        same = np.random.default_rng(seed)
        crop = scaled(turned(crop, angle, same), zoom, same)
        return gamma(side_light(crop, shadow, same), float(exponent), same)

    return np.stack([seen(crop) for crop in crops])


@dataclass(frozen=True)
class Crowd:
    """The public test as the model reads it; people are made of it."""

    emotions: Emotions
    crops: NDArray[np.uint8]
    """[M, S, S, 3], RGB."""
    labels: NDArray[np.int64]
    """[M], true classes."""
    plain: Probabilities
    """[M, 6]."""

    @classmethod
    def read(cls, model: bytes, faces: Faces) -> "Crowd":
        """Read every scored picture once."""
        emotions = Emotions(model)
        rows, labels = scored_rows(faces, PUBLIC_TEST)
        crops = as_crops(faces.images[rows], emotions.size)
        return cls(emotions, crops, labels, emotions.predict(crops).astype(np.float64))

    def usual_neutral(self) -> NDArray[np.float64]:
        """Mean log-probabilities [6] of neutral pictures."""
        neutral = self.plain[self.labels == NEUTRAL]
        return np.asarray(np.log(np.maximum(neutral, FLOOR)).mean(axis=0))


def make_people(
    crowd: Crowd, count: int, *, kind: str, sample: int, spread: float = 0.0
) -> list[Person]:
    """Make people; `kind` is "logits" (a normal bias of `spread`) or "camera"."""
    labels = crowd.labels
    neutral_rows = np.flatnonzero(labels == NEUTRAL)
    random = np.random.default_rng(0)
    people = []
    for _ in range(count):
        rest = random.choice(neutral_rows, min(sample, len(neutral_rows)), replace=False)
        others = np.setdiff1d(np.arange(len(labels)), rest)
        shown = np.concatenate(
            [rest, random.choice(others, min(PICTURES, len(others)), replace=False)]
        )
        if kind == "logits":
            read = corrected(crowd.plain[shown], random.normal(0, 1, len(EMOTIONS)), spread)
        else:
            seen = _camera(crowd.crops[shown], random)
            read = crowd.emotions.predict(seen).astype(np.float64)
        people.append(Person(read[: len(rest)], read[len(rest) :], labels[shown[len(rest) :]]))
    return people


def accuracy_by_strength(
    people: Sequence[Person],
    usual: NDArray[np.float64],
    strengths: Sequence[float],
    *,
    misread_only: bool = False,
) -> dict[str, tuple[float, float]]:
    """Accuracy and macro-F1 over all people's pictures for each strength of the correction.

    `misread_only`: people whose neutral pictures are read as neutral are left as they are.
    """
    labels = np.concatenate([person.labels for person in people])

    def reread(person: Person, strength: float) -> Probabilities:
        if misread_only and person.neutral.mean(axis=0).argmax() == NEUTRAL:
            return person.answers
        return corrected(person.answers, neutral_bias(person.neutral, usual), strength)

    result = {}
    for strength in strengths:
        read = np.concatenate([reread(person, strength) for person in people])
        metrics = measure(read.astype(np.float32), labels)
        result[f"{strength:g}"] = (round(metrics.accuracy, 4), round(metrics.macro_f1, 4))
    return result


STRENGTHS = (0.0, 0.25, 0.5, 1.0)
CASES = (
    ("nobody differs", "logits", 0.0),
    ("logits shifted, deviation 0.5", "logits", 0.5),
    ("logits shifted, deviation 1", "logits", 1.0),
    ("logits shifted, deviation 2", "logits", 2.0),
    ("own camera", "camera", 0.0),
)


def measure_personal(
    model: bytes, faces: Faces, people: int, samples: Sequence[int]
) -> dict[str, dict[str, tuple[float, float]]]:
    """Accuracy and macro-F1 for each case, size of the sample, and strength."""
    crowd = Crowd.read(model, faces)
    usual = crowd.usual_neutral()
    result = {}
    for name, kind, spread in CASES:
        for sample in samples:
            made = make_people(crowd, people, kind=kind, sample=sample, spread=spread)
            for suffix, misread_only in (("", False), (", only if misread", True)):
                result[f"{name}, {sample} neutral{suffix}"] = accuracy_by_strength(
                    made, usual, STRENGTHS, misread_only=misread_only
                )
    return result


def as_markdown(result: dict[str, dict[str, tuple[float, float]]]) -> str:
    """A table: one row for each case, accuracy / macro-F1 by strength."""
    strengths = list(next(iter(result.values())))
    lines = ["| case | " + " | ".join(f"strength {each}" for each in strengths) + " |"]
    lines.append("|---" * (len(strengths) + 1) + "|")
    for name, row in result.items():
        cells = [f"{accuracy:.3f} / {f1:.3f}" for accuracy, f1 in row.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m training personal", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add_data(parser)
    add_model(parser)
    parser.add_argument("--people", type=int, default=100, help="made up (%(default)s)")
    parser.add_argument(
        "--sample", type=int, nargs="+", default=[1, 10], help="neutral pictures of each (1 10)"
    )
    parser.add_argument("--out", type=Path, help="JSON file for the numbers")
    arguments = parser.parse_args(arguments_given)
    result = measure_personal(
        arguments.model.read_bytes(), load(arguments.data), arguments.people, arguments.sample
    )
    print(as_markdown(result))
    if arguments.out:
        arguments.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
