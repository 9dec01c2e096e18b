"""The six emotions, in the one order that every model, file and client uses."""

from __future__ import annotations

from typing import Final, Literal, get_args

Emotion = Literal["anger", "fear", "happiness", "neutral", "sadness", "surprise"]

EMOTIONS: Final[tuple[Emotion, ...]] = get_args(Emotion)
"""Index in this tuple = index in every probability vector, here and in the browser."""

UNSURE: Final = "unsure"
"""Said instead of an emotion when confidence is too low or no face is seen."""
