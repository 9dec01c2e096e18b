"""What `ablate` compares: the variants of one small run, and what each of its runs may spend."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from training.config import Config
from training.data import PUBLIC_TEST, Faces, scored_rows, spread_over, training_rows
from training.model import EmotionNet

BASELINE: Final = "baseline"
NOT_AVERAGED, ONE_WAY = "weights not averaged", "read one way, not mirrored"
"""Read off the baseline's own runs."""
DISTILLED: Final = "distilled from a teacher"
CAMERAS_OFF: Final = "no camera effects, only mirrored"
JPEG: Final = "JPEG imitated, too"
IMAGENET: Final = "EfficientNet-Lite0, ImageNet start"
NOT_IMAGENET: Final = "EfficientNet-Lite0, random start"
LITE0: Final = frozenset({IMAGENET, NOT_IMAGENET})
"""Another network than the baseline's: what ImageNet is worth shows between the two of them."""
GENTLE: Final[Mapping[str, Any]] = {
    "rotation": 8.0, "shift": 0.05, "scale": 0.07, "shear": 0.05, "darkest": 0.5,
    "occlude": 0.03, "noise": 0.01, "coarse": 0.06, "sharpness": 0.6,
}  # fmt: skip
VARIANTS: Final[dict[str, Mapping[str, Any]]] = {
    BASELINE: {},
    "random start": {"pretrained": False},
    IMAGENET: {"pretrained": True},
    NOT_IMAGENET: {"pretrained": False},
    "hard labels": {"hard_labels": True},
    CAMERAS_OFF: {"augmented": False},
    "gentle camera effects": GENTLE,
    JPEG: {"jpeg": 0.3},
    "classes drawn evenly": {"sampling": 1.0, "balance": 0.0},
    "mixup": {"mixup": 0.2},
    DISTILLED: {"distill": 0.5},
    "input 48": {"size": 48},
    "input 96": {"size": 96},
}
"""What each changes in the baseline's config."""


def network_of(name: str) -> type[EmotionNet]:
    """What learns in a variant.

    Raises `ModuleNotFoundError`, which says what to install, where its network is not there.
    """
    if name not in LITE0:
        return EmotionNet
    from training.lite0 import Lite0  # noqa: PLC0415  of packages that nothing else needs

    return Lite0


@dataclass(frozen=True)
class Budget:
    """What every run may spend."""

    pictures: int
    passes: int
    size: int
    batch: int
    scored: int
    """Of the public test, at most."""
    pretrained: bool = True
    """Begin with the weights that know faces, where a variant does not say otherwise."""

    def config(self, seed: int, threads: int, *, compiled: bool) -> Config:
        """The baseline's; weights are averaged over a twentieth of the run, as in long ones."""
        steps = self.pictures // self.batch * self.passes
        return replace(
            Config(), pretrained=self.pretrained, size=self.size, early_size=self.size,
            passes=self.passes, batch=self.batch, seed=seed, threads=threads, compiled=compiled,
            ema_decay=1 - 1 / max(10, steps / 20),
        )  # fmt: skip


def small(faces: Faces, budget: Budget) -> Faces:
    """As many training pictures as the budget has, drawn at random, and its share of the public
    test; the same ones for every variant and seed."""
    train_on = training_rows(faces)
    drawn = np.random.default_rng(0).permutation(train_on)[: budget.pictures]
    test, _ = scored_rows(faces, PUBLIC_TEST)
    rows = np.concatenate([np.sort(drawn), spread_over(test, budget.scored)])
    return replace(
        faces,
        images=faces.images[rows],
        usage=faces.usage[rows],
        votes=faces.votes[rows],
        has_image=faces.has_image[rows],
        copy_of_row=np.full(len(rows), -1, np.int64),
    )
