"""The six emotions, in the one order that every model, file and client uses."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Emotion = Literal["anger", "fear", "happiness", "neutral", "sadness", "surprise"]

EMOTIONS: Final[tuple[Emotion, ...]] = get_args(Emotion)
"""Index in this tuple = index in every probability vector, here and in the browser."""

UNSURE: Final = "unsure"
"""Said instead of an emotion when confidence is too low or no face is seen."""


def seen_both_ways(
    straight: NDArray[np.float64], mirrored: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Probabilities [..., 6] of pictures from those of each and of its mirror image.

    An expression means the same in a mirror, so the two are two opinions on one thing: their
    geometric mean, scaled to sum one, is the softmax of the mean of their logits.
    """
    together = np.sqrt(straight * mirrored)
    return np.asarray(together / together.sum(axis=-1, keepdims=True))
