"""Valence and arousal."""

from __future__ import annotations

import numpy as np
import pytest

from today_feeling.domain.affect import AFFECT, expected_affect
from today_feeling.domain.emotion import EMOTIONS


@pytest.mark.parametrize(("index", "emotion"), list(enumerate(EMOTIONS)))
def test_a_certain_emotion_has_its_own_affect(index: int, emotion: str) -> None:
    certain = np.eye(6)[index]
    assert expected_affect(certain) == pytest.approx(dict(AFFECT)[EMOTIONS[index]])
    assert emotion in AFFECT


def test_affect_is_the_mean_over_the_probabilities() -> None:
    half = [0.0, 0.0, 0.5, 0.0, 0.5, 0.0]
    assert expected_affect(half) == pytest.approx(((0.90 - 0.75) / 2, (0.42 - 0.48) / 2))


def test_signs_follow_the_plane_of_core_affect() -> None:
    assert AFFECT["happiness"].valence > 0 > AFFECT["sadness"].valence
    assert AFFECT["anger"].arousal > 0 > AFFECT["sadness"].arousal
    assert AFFECT["neutral"] == (0, 0)
