"""Real audio files for the browser to play: tones with tags, as Ogg, which every Chromium plays."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg  # type: ignore[import-untyped]


def make_songs(folder: Path, genre: str, count: int, seconds: float, artist: str = "Sine") -> None:
    """Write `count` Ogg files of `genre` into `folder`, each a quiet tone of its own.

    `{number}` in `artist` gives each song an artist of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        by = artist.format(number=number)
        tags = {"title": f"{genre} {number}", "artist": by, "genre": genre}
        metadata = [word for tag in tags.items() for word in ("-metadata", "=".join(tag))]
        tone = f"sine=frequency={220 + 40 * number}:duration={seconds}:sample_rate=8000"
        subprocess.run(
            [
                *(imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "lavfi", "-i", tone),
                *(*metadata, "-filter:a", "volume=0.05", "-c:a", "libvorbis"),
                str(folder / f"{genre}-{number}.ogg"),
            ],
            check=True,
            timeout=60,
        )
