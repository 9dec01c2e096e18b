"""What helps, with an interval that holds what it says."""

from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.helps import ENOUGH, SHRINKAGE, Sums, helped, student


def sums(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Sums:
    return Sums(len(values), float(values.sum()), float((values**2).sum()))


@pytest.mark.parametrize(
    ("freedom", "right"), [(5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799)]
)
def test_students_distribution_is_that_of_the_tables(freedom: float, right: float) -> None:
    assert student(freedom) == pytest.approx(right, abs=0.01)


def test_few_plays_say_nothing_yet() -> None:
    found = helped({"jazz": Sums(ENOUGH - 1, 4.0, 4.0), "pop": Sums(ENOUGH, 5.0, 5.0)})
    assert found["jazz"].change is None
    assert found["jazz"].plays == ENOUGH - 1
    assert found["pop"].change == pytest.approx(5 / (5 + SHRINKAGE))


def test_the_best_comes_first_and_the_unknown_last() -> None:
    kinds = {"a": Sums(2, 1, 1), "b": Sums(9, -1, 1), "c": Sums(9, 3, 2), "d": Sums(3, 9, 30)}
    assert list(helped(kinds)) == ["c", "b", "d", "a"]


def test_more_plays_make_a_narrower_interval_around_a_larger_effect() -> None:
    rng = np.random.default_rng(1)
    few, many = (helped({"x": sums(0.3 + 0.2 * rng.normal(size=n))})["x"] for n in (6, 60))
    assert few.change is not None
    assert many.change is not None
    assert many.high is not None
    assert few.high is not None
    assert many.high - many.change < (few.high - few.change) / 2
    assert many.change == pytest.approx(0.3, abs=0.08)


def test_nothing_that_does_nothing_is_praised() -> None:
    """Songs without any effect: an interval above 0 comes in fewer than one of forty."""
    rng = np.random.default_rng(2)
    praised = 0
    for _ in range(400):
        found = helped({kind: sums(0.3 * rng.normal(size=8)) for kind in "abcde"})
        praised += sum(each.low is not None and each.low > 0 for each in found.values())
    assert praised / 2000 < 1 / 40


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        spread = rng.uniform(0.15, 0.5)
        truth = spread / np.sqrt(SHRINKAGE) * rng.normal(size=5)
        numbers = rng.integers(5, 40, size=5)
        kinds = {
            index: sums(effect + spread * rng.normal(size=number))
            for index, (effect, number) in enumerate(zip(truth, numbers, strict=True))
        }
        for index, each in helped(kinds).items():
            assert each.low is not None
            assert each.high is not None
            held += each.low <= truth[index] <= each.high
    assert held / 2000 == pytest.approx(0.95, abs=0.02)


def test_no_plays_are_no_error() -> None:
    assert helped({}) == {}
