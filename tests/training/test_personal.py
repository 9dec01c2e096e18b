"""The personal neutral's arithmetic."""

import numpy as np
import pytest

from today_feeling.domain.emotion import EMOTIONS
from training.personal import Person, accuracy_by_strength, corrected, neutral_bias

USUAL = np.log(np.array([0.02, 0.01, 0.05, 0.8, 0.1, 0.02]))


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def test_a_bias_on_the_logits_is_found_and_undone() -> None:
    shift = np.array([1.0, -0.5, 0.3, -1.0, 0.7, -0.5])
    bias = neutral_bias(softmax(np.tile(USUAL + shift, (5, 1))), USUAL)
    assert bias == pytest.approx(-shift, abs=1e-9)
    scores = np.random.default_rng(1).normal(size=(20, 6))
    restored = corrected(softmax(scores + shift), bias, 1.0)
    assert restored == pytest.approx(softmax(scores), abs=1e-9)


def test_a_usual_neutral_and_a_strength_of_nothing_change_nothing() -> None:
    assert neutral_bias(softmax(USUAL[None]), USUAL) == pytest.approx(np.zeros(6), abs=1e-9)
    answers = softmax(np.random.default_rng(1).normal(size=(4, 6)))
    assert corrected(answers, np.arange(6.0), 0.0) == pytest.approx(answers)


def test_an_impossible_answer_does_not_decide_the_bias() -> None:
    sure = np.eye(len(EMOTIONS))[[3]]
    assert np.abs(neutral_bias(sure, USUAL)).max() < 10


def test_a_strong_shift_is_better_read_with_the_correction() -> None:
    scores = np.eye(6) * 4.0
    shift = np.array([0, 0, 0, -3.0, 2.0, 0])
    usual = np.log(softmax(scores))[3]
    person = Person(softmax(scores + shift)[[3]], softmax(scores + shift), np.arange(6))
    result = accuracy_by_strength([person], usual, (0.0, 1.0))
    assert result["1"][0] == 1.0
    assert result["0"][0] < 0.9


def test_only_people_whose_neutral_is_misread_are_corrected_if_asked_for() -> None:
    scores = np.eye(6) * 4.0
    shift = np.array([0, 0, 0, -3.0, 2.0, 0])
    usual = np.log(softmax(scores))[3]
    read_well = Person(softmax(scores + 0.4 * shift)[[3]], softmax(scores + shift), np.arange(6))
    misread = Person(softmax(scores + shift)[[3]], softmax(scores + shift), np.arange(6))
    for person, changes in ((read_well, False), (misread, True)):
        result = accuracy_by_strength([person], usual, (0.0, 1.0), misread_only=True)
        assert (result["0"] != result["1"]) == changes
