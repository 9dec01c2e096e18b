"""The cards beside the models: what a model takes and gives, and which file it is.

A card is `<name>.json`; the model is the file that it names, in the same folder. Reading a card
needs neither OpenCV nor LiteRT, so that the training code can share it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.errors import ModelDamaged

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model on disk and the sha256 (hexadecimal) that it must have."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """Return the model's bytes.

        Raises
        ------
        ModelDamaged
            The file is missing, unreadable or not the one that the card names.
        """
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelDamaged(f"cannot read the model {self.path}: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelDamaged(f"the model {self.path} is not the one that its card names (sha256)")
        return content


@dataclass(frozen=True, slots=True)
class AnchorLayer:
    """A grid of anchors: `per_cell` of them in each cell of `stride` input pixels."""

    stride: int
    per_cell: int


@dataclass(frozen=True, slots=True)
class SecondLook:
    """When and how a face that is small in the picture is looked at again.

    A box narrower than `below` of the picture's longer side is, on a square of `region` times the
    box's longer side; what is found there must overlap the box by at least `min_iou`.
    """

    below: float
    region: float
    min_iou: float


@dataclass(frozen=True, slots=True)
class DetectorCard:
    """A face detector of the BlazeFace family; lengths are in pixels of its square input."""

    model: ModelFile
    size: int
    margins: tuple[float, ...]
    divide_by: float
    subtract: float
    layers: tuple[AnchorLayer, ...]
    anchor_offset: float
    coordinate_scale: float
    score_clip: float
    score_threshold: float
    iou_threshold: float
    second_look: SecondLook | None


@dataclass(frozen=True, slots=True)
class CropContract:
    """Where a face lies in the emotion model's crop, in units of the crop's side.

    The face scale is `hypot(eye_weight * eye distance, mouth_weight * distance from the eyes'
    midpoint to the mouth)`; the face centre lies `centre_to_mouth` of the way from the eyes'
    midpoint to the mouth. The crop puts the centre at (`centre_x`, `centre_y`) and gives the face
    scale the length `scale`.
    """

    eye_weight: float
    mouth_weight: float
    centre_to_mouth: float
    centre_x: float
    centre_y: float
    scale: float


@dataclass(frozen=True, slots=True)
class EmotionCard:
    """The emotion classifier: uint8 RGB crops of `size` pixels in, six probabilities out."""

    model: ModelFile
    size: int
    unsure_below: float
    crop: CropContract


def check_picture(size: int) -> NDArray[np.uint8]:
    """The picture [size, size, 3] of a card's `check`: what the model says to it.

    The first numbers of each output are kept there; the browser compares them with its own before
    it trusts a runtime (a GPU's driver can compute without an error, and wrong).
    """
    numbers = np.arange(size * size * 3) * 7919 % 256
    return numbers.astype(np.uint8).reshape(size, size, 3)


def _read(path: Path, build: Callable[[Mapping[str, Any]], T]) -> T:
    try:
        return build(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelDamaged(f"cannot read the card {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"the card {path} is not valid: {error!r}") from error


def _model(path: Path, card: Mapping[str, Any]) -> ModelFile:
    return ModelFile(path.parent / card["file"], card["sha256"])


def read_detector_card(path: Path) -> DetectorCard:
    """Read the card of a face detector; `ModelDamaged` if it is missing or malformed."""

    def build(card: Mapping[str, Any]) -> DetectorCard:
        return DetectorCard(
            model=_model(path, card),
            size=card["input"]["size"],
            margins=tuple(card["margins"]),
            divide_by=card["input"]["divide_by"],
            subtract=card["input"]["subtract"],
            layers=tuple(AnchorLayer(**layer) for layer in card["anchors"]["layers"]),
            anchor_offset=card["anchors"]["offset"],
            coordinate_scale=card["coordinate_scale"],
            score_clip=card["score_clip"],
            score_threshold=card["score_threshold"],
            iou_threshold=card["iou_threshold"],
            second_look=SecondLook(**look) if (look := card.get("second_look")) else None,
        )

    return _read(path, build)


def read_emotion_card(path: Path) -> EmotionCard:
    """Read the card of the emotion classifier; `ModelDamaged` if it is missing or malformed."""

    def build(card: Mapping[str, Any]) -> EmotionCard:
        if tuple(card["labels"]) != EMOTIONS:
            raise ValueError(f"labels are not in the order {EMOTIONS}")
        crop = {field.name: card["crop"][field.name] for field in fields(CropContract)}
        return EmotionCard(
            model=_model(path, card),
            size=card["input"]["width"],
            unsure_below=card["thresholds"]["unsure"],
            crop=CropContract(**crop),
        )

    return _read(path, build)
