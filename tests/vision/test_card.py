"""Cards and the models beside them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vision.pictures import MODELS
from today_feeling.errors import ModelDamaged
from today_feeling.vision.card import ModelFile, read_detector_card, read_emotion_card
from today_feeling.vision.runtime import Model

NAMES = ["face_detection_short_range", "face_detection_full_range"]


def test_a_model_is_read_only_if_it_is_the_one_that_the_card_names(tmp_path: Path) -> None:
    path = tmp_path / "a.tflite"
    path.write_bytes(b"model")
    good = hashlib.sha256(b"model").hexdigest()
    assert ModelFile(path, good).read() == b"model"
    path.write_bytes(b"modem")
    with pytest.raises(ModelDamaged, match="sha256"):
        ModelFile(path, good).read()


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match=r"a\.tflite"):
        ModelFile(tmp_path / "a.tflite", "").read()


def test_a_file_that_litert_cannot_load_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.tflite"
    path.write_bytes(b"not a model")
    with pytest.raises(ModelDamaged, match="LiteRT"):
        Model(ModelFile(path, hashlib.sha256(b"not a model").hexdigest()))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"file": 1}', None])
def test_a_card_that_is_missing_or_malformed_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "card.json"
    if content is not None:
        path.write_text(content)
    for read in (read_detector_card, read_emotion_card):
        with pytest.raises(ModelDamaged, match=r"card\.json"):
            read(path)


def test_a_card_with_labels_in_another_order_is_refused(tmp_path: Path) -> None:
    card = json.loads((MODELS / "emotion.json").read_text(encoding="utf-8"))
    card["labels"].reverse()
    (tmp_path / "emotion.json").write_text(json.dumps(card))
    with pytest.raises(ModelDamaged, match="labels"):
        read_emotion_card(tmp_path / "emotion.json")


@pytest.mark.parametrize("name", NAMES)
def test_cards_say_where_the_model_comes_from(name: str) -> None:
    card = json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8"))
    assert card["source"]["package"] == "@mediapipe/face_detection"
    assert card["licence"] == "Apache-2.0"
    assert (MODELS / card["file"]).stat().st_size == card["bytes"]
    assert len(read_detector_card(MODELS / f"{name}.json").model.read()) == card["bytes"]


def test_reading_a_card_needs_neither_opencv_nor_litert() -> None:
    code = (
        "import sys, today_feeling.vision.card; print({'cv2', 'ai_edge_litert'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
