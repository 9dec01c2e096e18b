"""Sound out of files of every format that browsers play; needs the extra `audio` (PyAV)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import av
import numpy as np

from today_feeling.errors import UnreadableMedia
from today_feeling.music.hearing.cues import RATE, Samples

LONGEST_S: Final = 60.0
"""From the middle of a song: beginnings and ends are often unlike the rest."""


def decode(path: Path) -> Samples:
    """Mono sound at `RATE`, -1..1: at most `LONGEST_S`, from the middle. Raises
    `UnreadableMedia`."""
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UnreadableMedia("no sound was found in it")
            return _middle(container)
    except (av.FFmpegError, ValueError) as error:
        raise UnreadableMedia(f"cannot be decoded: {error}") from error


def _middle(container: av.container.InputContainer) -> Samples:
    seconds = (container.duration or 0) / av.time_base
    if seconds > LONGEST_S:
        container.seek(int((seconds - LONGEST_S) / 2 * av.time_base))
    resampler = av.AudioResampler("flt", "mono", RATE)
    pieces: list[Samples] = []
    missing = int(LONGEST_S * RATE)
    for frame in container.decode(audio=0):
        for each in resampler.resample(frame):
            pieces.append(each.to_ndarray()[0])
            missing -= pieces[-1].size
        if missing <= 0:
            break
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return np.asarray(samples[: int(LONGEST_S * RATE)], np.float32)
