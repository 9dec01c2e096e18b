"""Five cues of mood that can be measured in sound, each by a published method.

Loudness: ITU-R BS.1770-4, of the mono mix as two equal channels. Tempo: autocorrelation of onset
strength, weighted around 120 beats a minute (Ellis 2007, doi 10.1080/09298210701653344). Onsets:
peaks of the spectral flux (Böck et al. 2012). Brightness: centre of the spectrum. Mode: the
profiles of keys of Krumhansl and Kessler (1982, doi 10.1037/0033-295X.89.4.334).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from today_feeling.errors import UnreadableMedia

RATE: Final = 22_050
"""Samples a second."""
SHORTEST_S: Final = 5.0
"""Of less sound neither tempo nor key can be told."""

Samples = NDArray[np.float32]
Floats = NDArray[np.float64]

_FRAME: Final = 2048
_HOP: Final = 512
_FRAMES_S: Final = RATE / _HOP
_TONAL_FRAME: Final = 8192
"""Tells semitones apart from about 100 Hz on."""
_BANDS: Final = 40
_SILENCE_LUFS: Final = -70.0

_MAJOR: Final = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR: Final = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
"""How well each tone fits a key, from its first tone on."""

_SHELF: Final = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS: Final = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""K weighting, as BS.1770 gives it for 48 kHz."""


class Cues(NamedTuple):
    """What was measured in a piece of sound."""

    loudness: float
    """LUFS."""
    tempo: float
    """Octaves above 60 beats a minute. Listeners differ by octaves, too."""
    onsets: float
    """Octaves above one onset a second."""
    brightness: float
    """Octaves above 1 kHz."""
    mode: float
    """Correlation with the best major key less that with the best minor one, about -0.5..0.5."""


def cues_of(samples: Samples) -> Cues:
    """Measure mono sound at `RATE`. Raises `UnreadableMedia` where it is too short, or silent."""
    if len(samples) < SHORTEST_S * RATE:
        raise UnreadableMedia(f"shorter than {SHORTEST_S:.0f} s, which says nothing of its mood")
    power = _power(samples, _FRAME, _HOP)
    loudness = _loudness(power)
    if loudness <= _SILENCE_LUFS:
        raise UnreadableMedia("silent")
    strength = _onset_strength(power)
    return Cues(
        loudness=loudness,
        tempo=float(np.log2(_tempo_bpm(strength) / 60)),
        onsets=float(np.log2(max(_onsets_a_second(strength), 0.25))),
        brightness=float(np.log2(_centre_hz(power) / 1000)),
        mode=_mode(samples),
    )


def _power(samples: Samples, frame: int, hop: int) -> Floats:
    """Mean square of each band of frequencies in each frame, [T, frame / 2 + 1]."""
    window = np.hanning(frame + 1)[:-1].astype(np.float32)
    frames = sliding_window_view(samples, frame)[::hop] * window
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    power[:, 1:-1] *= 2  # the other half of the spectrum
    return np.asarray(power / (frame * float(window @ window)), np.float64)


def _frequencies(frame: int) -> Floats:
    return np.asarray(np.fft.rfftfreq(frame, 1 / RATE), np.float64)


def _loudness(power: Floats) -> float:
    """LUFS; `_SILENCE_LUFS` where nothing is louder."""
    unit = np.exp(-2j * np.pi * _frequencies(_FRAME) / 48_000)
    weight = np.ones(len(unit))
    for over, under in (_SHELF, _HIGH_PASS):
        weight = weight * np.abs(np.polyval(over[::-1], unit) / np.polyval(under[::-1], unit)) ** 2
    of_frame = 2 * power @ weight  # of two channels
    length = min(round(0.4 * _FRAMES_S), len(of_frame))
    blocks = sliding_window_view(of_frame, length)[:: max(1, length // 4)].mean(1)
    heard = blocks[_lufs(blocks) > _SILENCE_LUFS]
    if not heard.size:
        return _SILENCE_LUFS
    loud = heard[_lufs(heard) > _lufs(heard.mean()) - 10]
    return float(_lufs(loud.mean()))


def _lufs(mean_square: Floats | np.float64) -> Floats:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(mean_square, 1e-12)))


def _onset_strength(power: Floats) -> Floats:
    """How much louder the bands are than in the frame before, 0 or more, [T]."""
    decibels = 10 * np.log10(np.maximum(power @ _mel_filters().T, 1e-10))
    decibels = np.maximum(decibels, decibels.max() - 80)
    rise = np.maximum(np.diff(decibels, axis=0, prepend=decibels[:1]), 0)
    return np.asarray(rise.mean(1))


def _mel_filters() -> Floats:
    """Triangles that overlap by half, evenly spaced as pitch is heard, [bands, bins]."""
    top = 2595 * np.log10(1 + RATE / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, top, _BANDS + 2) / 2595) - 1)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    hz = _frequencies(_FRAME)
    return np.maximum(0, np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle)))


def _tempo_bpm(strength: Floats) -> float:
    """Between 30 and 300 beats a minute."""
    centred = strength - strength.mean()
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    alike = np.fft.irfft(np.abs(spectrum) ** 2)
    lags = np.arange(int(_FRAMES_S * 60 / 300), int(_FRAMES_S * 60 / 30) + 1)
    lags = lags[lags < len(centred)]
    octaves = np.log2(60 * _FRAMES_S / lags / 120)
    return float(60 * _FRAMES_S / lags[np.argmax(alike[lags] * np.exp(-0.5 * octaves**2))])


def _onsets_a_second(strength: Floats) -> float:
    """Highest for 30 ms around, well above the mean of 100 ms around, at least 30 ms apart."""
    highest = strength.max()
    if highest <= 0:
        return 0.0
    level = np.pad(strength / highest, 4, mode="edge")
    around = sliding_window_view(level, 9)
    here = level[4:-4]
    peak = (here >= around[:, 3:6].max(1)) & (here >= around.mean(1) + 0.07)
    peak[1:] &= ~peak[:-1]
    return float(np.count_nonzero(peak) * _FRAMES_S / len(strength))


def _centre_hz(power: Floats) -> float:
    """Mean over frames of the centre of the spectrum; loud frames count more."""
    amplitude = np.sqrt(power)
    return float(max((amplitude @ _frequencies(_FRAME)).sum() / max(amplitude.sum(), 1e-12), 20.0))


def _mode(samples: Samples) -> float:
    """See `Cues.mode`; 0 where no tone is heard."""
    if len(samples) < _TONAL_FRAME:
        return 0.0
    amplitude = np.sqrt(_power(samples, _TONAL_FRAME, _TONAL_FRAME // 2))
    hz = _frequencies(_TONAL_FRAME)
    tonal = np.flatnonzero((hz >= 100) & (hz <= 2000))
    here, below, above = (amplitude[:, tonal + step] for step in (0, -1, 1))
    peaks = np.where((here > below) & (here > above), here, 0.0)
    tones = np.round(12 * np.log2(hz[tonal] / 440)).astype(int) % 12
    chroma = peaks @ np.eye(12)[tones]
    total = np.sqrt(chroma).sum(0)
    if np.ptp(total) < 1e-9 * max(total.max(), 1e-9):
        return 0.0
    best = [
        max(float(np.corrcoef(np.roll(profile, key), total)[0, 1]) for key in range(12))
        for profile in (_MAJOR, _MINOR)
    ]
    return best[0] - best[1]
