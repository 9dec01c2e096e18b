"""What is measured about how faces are framed, and about imitated cameras."""

import numpy as np
import pytest

from today_feeling.domain.face import LEFT_EYE, MOUTH_CENTRE, RIGHT_EYE
from today_feeling.vision.card import CropContract
from training.augmentation import CLEAN, as_lines, compared
from training.framing import framing, robust

CONTRACT = CropContract(
    eye_weight=1.0, mouth_weight=1.0, centre_to_mouth=0.25, centre_x=0.5, centre_y=0.49, scale=0.5
)


def test_the_spread_is_that_of_a_normal_and_forgets_outliers() -> None:
    values = np.random.default_rng(1).normal(3, 0.5, 5000)
    assert robust(np.concatenate([values, [1e6] * 20])) == pytest.approx((3, 0.5), abs=0.03)


def test_framing_is_of_eyes_mouth_and_what_the_contract_makes_of_them() -> None:
    face = np.zeros((6, 2))
    face[RIGHT_EYE], face[LEFT_EYE], face[MOUTH_CENTRE] = (0.35, 0.4), (0.65, 0.4), (0.5, 0.8)
    medians = {
        name: middle for name, (middle, _) in framing(np.stack([face] * 3), CONTRACT).items()
    }
    assert medians["eye distance"] == pytest.approx(0.3)
    assert medians["eyes to mouth"] == pytest.approx(0.4)
    assert medians["scale"] == pytest.approx(0.5)
    assert (medians["centre, x"], medians["centre, y"]) == pytest.approx((0.5, 0.5))


def test_the_gain_of_imitated_cameras_is_of_the_same_pictures() -> None:
    right = {
        "with": {CLEAN: {"": np.array([1, 1, 0, 0], bool)}, "blur": {"1": np.ones(4, bool)}},
        "without": {CLEAN: {"": np.array([1, 1, 1, 0], bool)}, "blur": {"1": np.zeros(4, bool)}},
    }
    effects = compared(right)
    assert effects[CLEAN]["gain"] == -25
    assert effects[CLEAN]["error"] == pytest.approx(100 * np.std([0, 0, 1, 0]) / 2, abs=0.01)
    assert effects["blur"]["gain"] == 100
    assert effects["blur"]["error"] == 0
    budget = {"pictures": 5000, "passes": 3, "size": 64, "batch": 32}
    jpeg = {"JPEG": {"with": {"50": 0.7, "10": 0.6}, "without": {"50": 0.7, "10": 0.5},
            "gain": 5.0, "error": 1.0}}  # fmt: skip
    lines = as_lines(
        {"budget": budget, "scored": 4, "effects": effects, "scored_for_jpeg": 9, "jpeg": jpeg}
    )
    assert "| blur | deviation, % of the side | 1: 1.000 (0.000) | +100.0 ± 0.0 |" in lines
    assert "Mean gain over the 1 effects: +100.0 points." in lines
    assert lines[-1] == "| JPEG | quality | 50: 0.700 (0.700), 10: 0.600 (0.500) | +5.0 ± 1.0 |"
