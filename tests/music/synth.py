"""Music whose properties are known, because it is made of them: chords, a melody and drums."""

from __future__ import annotations

import itertools
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from today_feeling.music.hearing.cues import RATE, Floats, Samples

SECONDS: Final = 10.0
_CHORDS: Final = {True: (0, 9, 5, 7), False: (0, 8, 5, 7)}
"""I vi IV V in major, i VI iv v in minor: roots, in semitones above the key."""
_MINOR_CHORDS: Final = {True: (False, True, False, False), False: (True, False, True, True)}


@dataclass(frozen=True)
class Piece:
    """What a piece is made of."""

    major: bool = True
    bpm: float = 110.0
    level_db: float = -18.0
    """Root mean square, below full scale."""
    overtones: float = 1.5
    """Each overtone n is as loud as n to the minus this: few make a dark sound."""
    density: int = 1
    """Notes of the melody on a beat."""
    drums: float = 0.3
    key: int = 0
    """Semitones above A."""
    seed: int = 0

    def samples(self, seconds: float = SECONDS) -> Samples:
        """Mono sound."""
        rng = np.random.default_rng(self.seed)
        sound = np.zeros(int(seconds * RATE) + RATE)
        beat = 60 / self.bpm
        third = 4 if self.major else 3
        scale = (0, 2, third, 5, 7, 9 if self.major else 8)
        for number in range(int(seconds / beat)):
            start = number * beat
            bar = number // 4 % 4
            if number % 4 == 0:
                root = self.key + _CHORDS[self.major][bar]
                minor = _MINOR_CHORDS[self.major][bar]
                for step in (-12, 0, 3 if minor else 4, 7):
                    self._add(sound, start, 4 * beat, root + step, 0.25)
            for part in range(self.density):
                step = self.key + 12 + int(rng.choice(scale))
                self._add(sound, start + part * beat / self.density, beat / self.density, step, 0.4)
            if self.drums:
                hit = rng.normal(size=int(0.12 * RATE)) * np.exp(-np.arange(int(0.12 * RATE)) / 600)
                at = int(start * RATE)
                sound[at : at + len(hit)] += self.drums * hit
        sound = sound[: int(seconds * RATE)]
        wanted = 10 ** (self.level_db / 20)
        # Peaks are rounded off, as masters of loud music are.
        loud = np.tanh(sound * wanted / np.sqrt(np.mean(sound**2)))
        return np.asarray(loud, np.float32)

    def _add(self, sound: Floats, start: float, length: float, step: float, volume: float) -> None:
        at, count = int(start * RATE), int(length * RATE)
        time = np.arange(count) / RATE
        fundamental = 220 * 2 ** (step / 12)
        wave = _wave(self.overtones, min(15, int(RATE / 2 / fundamental)))
        tone = wave[(time * fundamental % 1 * len(wave)).astype(int)]
        shape = np.minimum(1, np.minimum(time, length - time) / 0.01) * np.exp(-1.5 * time / length)
        end = min(at + count, len(sound))
        sound[at:end] += volume * (tone * shape)[: end - at]


@cache
def _wave(falling: float, overtones: int) -> Floats:
    """One period."""
    phase = 2 * np.pi * np.arange(4096) / 4096
    return np.asarray(sum(np.sin(n * phase) / n**falling for n in range(1, overtones + 1)))


def corpus(keys: int = 0) -> Iterator[Piece]:
    """Every mode with every tempo, level and sound, notes and drums spread over them: 54 pieces.

    With another `keys`, in other keys, with other melodies and a little slower or faster.
    """
    grid = itertools.product((True, False), (66, 104, 150), (-26, -18, -11), (2.5, 1.5, 0.9))
    for number, (major, bpm, level_db, overtones) in enumerate(grid):
        busy = (number + number // 3 + number // 9) % 3
        yield Piece(
            major=major,
            bpm=bpm * (1 + 0.03 * ((number * 7 + keys) % 5 - 2)),
            level_db=float(level_db),
            overtones=overtones,
            density=1 + busy,
            drums=(0.0, 0.2, 0.5)[busy],
            key=(number * 5 + 3 * keys) % 12,
            seed=1000 * keys + number,
        )


def write_wav(samples: Samples, path: Path) -> Path:
    """A 16-bit mono WAV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path
