"""From cues of the sound to valence, energy and tempo: a rough estimate, and no more.

Each cue is standardised, and those that speak for energy, and for valence, are averaged with equal
weights: where no weights are known to be right, equal ones are hard to beat (Dawes 1979, doi
10.1037/0003-066X.34.7.571). Which cues, and their signs: fast, loud, bright and dense music sounds
energetic, fast and major music glad (Eerola, Friberg and Bresin 2013, doi 10.3389/fpsyg.2013.00487;
Yang and Chen 2011, Music Emotion Recognition). The estimate is drawn to the middle as far as sound
leaves mood open: standard features of audio told .632 of the variance of energy and .352 of that of
valence (Panda, Rocha and Paiva 2013). Ours was measured on synthesized music only, see
docs/sources.md.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from today_feeling.music.hearing.cues import Cues

CENTRE: Final = Cues(loudness=-15.7, tempo=0.79, onsets=1.47, brightness=1.07, mode=0.0)
SPREAD: Final = Cues(loudness=5.8, tempo=0.47, onsets=0.8, brightness=0.63, mode=0.16)
"""Measured on the synthesized music of tests/music/synth.py; of the mode, 0 is neither."""

_ENERGY: Final = ("loudness", "tempo", "onsets", "brightness")
_VALENCE: Final = ("tempo", "mode")
_ENERGY_SPREAD: Final = 2.7
_VALENCE_SPREAD: Final = 1.43
"""Of the sums of standardised cues, which go together; measured likewise."""
_ENERGY_TOLD: Final = 0.632
_VALENCE_TOLD: Final = 0.352
_OF_SONGS: Final = 0.25
"""Deviation of valence and energy over all songs, as the recommender takes it to be."""
_FARTHEST: Final = 2.0
"""No song is said to be farther from the middle, in deviations."""


class Estimate(NamedTuple):
    """What a song sounds like."""

    valence: float
    """0 sad .. 1 glad; stays within 0.2..0.8."""
    energy: float
    """0 calm .. 1 driving; stays within 0.1..0.9."""
    tempo: float
    """Beats a minute, 30..300; may be off by an octave."""


def estimate(cues: Cues) -> Estimate:
    """The mood that the cues speak for, and the tempo."""
    scores = {
        name: (value - centre) / spread
        for name, value, centre, spread in zip(Cues._fields, cues, CENTRE, SPREAD, strict=True)
    }
    energy = sum(scores[name] for name in _ENERGY) / _ENERGY_SPREAD
    valence = sum(scores[name] for name in _VALENCE) / _VALENCE_SPREAD
    return Estimate(
        _expected(valence, _VALENCE_TOLD),
        _expected(energy, _ENERGY_TOLD),
        round(60 * 2**cues.tempo, 1),
    )


def _expected(deviations: float, told: float) -> float:
    limited = float(np.clip(deviations, -_FARTHEST, _FARTHEST))
    return round(0.5 + _OF_SONGS * float(np.sqrt(told)) * limited, 3)
