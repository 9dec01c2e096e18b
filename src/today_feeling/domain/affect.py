"""Valence and arousal of the six emotions, and their expected values."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from today_feeling.domain.emotion import EMOTIONS, Emotion


class Affect(NamedTuple):
    """A point in the plane of core affect (Russell 1980); both axes -1..1."""

    valence: float
    arousal: float


AFFECT: Final = MappingProxyType[Emotion, Affect](
    {
        "anger": Affect(-0.65, 0.50),
        "fear": Affect(-0.65, 0.50),
        "happiness": Affect(0.90, 0.42),
        "neutral": Affect(0.0, 0.0),
        "sadness": Affect(-0.75, -0.48),
        "surprise": Affect(0.15, 0.60),
    }
)
"""Our own constants, between the word norms of Warriner et al. 2013 and of NRC-VAD (Mohammad
2018), with a surprised *face* near neutral in valence. Neutral is the user's own baseline."""

_TABLE: Final = np.array([AFFECT[emotion] for emotion in EMOTIONS])


def expected_affect(probabilities: ArrayLike) -> Affect:
    """Mean valence and arousal under six probabilities in the order of `EMOTIONS`, sum 1."""
    valence, arousal = (np.asarray(probabilities, np.float64) @ _TABLE).tolist()
    return Affect(valence, arousal)
