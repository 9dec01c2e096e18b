"""What the cards say for the browser's check of its runtime is what the models say."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.golden.make_checks import COUNT, MODELS, NAMES, measured


@pytest.mark.parametrize("name", NAMES)
def test_a_card_tells_what_its_model_says_to_the_check_picture(name: str) -> None:
    card = json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8"))
    said = np.array(measured(card))
    assert said.shape == (len(card["check"]), COUNT)
    # A stale card: `python -m tests.golden.make_checks`.
    assert np.array(card["check"]) == pytest.approx(said, rel=1e-3, abs=1e-3)
