from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg  # type: ignore[import-untyped]
import numpy as np
import pytest

from tests.music.synth import Piece, corpus, write_wav
from today_feeling.errors import UnreadableMedia
from today_feeling.music.hearing.cues import RATE, Cues, cues_of
from today_feeling.music.hearing.decode import LONGEST_S, decode
from today_feeling.music.hearing.ears import Ears
from today_feeling.music.hearing.estimate import CENTRE, SPREAD, estimate

TIME = np.arange(20 * RATE) / RATE


def clicks(bpm: float) -> Cues:
    """Of a drum alone."""
    rng = np.random.default_rng(1)
    sound = np.zeros(len(TIME))
    for at in (np.arange(0, 19.9, 60 / bpm) * RATE).astype(int):
        sound[at : at + 400] += 0.3 * rng.normal(size=400) * np.exp(-np.arange(400) / 80)
    return cues_of(sound.astype(np.float32))


def test_loudness_is_that_of_the_standard() -> None:
    # BS.1770: a sine of 997 Hz at full scale in one channel is -3.01 LUFS; a mono file has two.
    sine = np.sin(2 * np.pi * 997 * TIME).astype(np.float32)
    assert cues_of(sine).loudness == pytest.approx(0.0, abs=0.1)
    assert cues_of(sine / np.float32(10)).loudness == pytest.approx(-20.0, abs=0.1)


def test_what_is_almost_silence_between_is_not_counted_into_the_loudness() -> None:
    sine = np.sin(2 * np.pi * 997 * TIME).astype(np.float32)
    sine[len(sine) // 2 :] *= np.float32(0.02)
    assert cues_of(sine).loudness == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("bpm", [70, 90, 120, 150, 175])
def test_tempo_and_onsets_of_a_drum(bpm: float) -> None:
    found = clicks(bpm)
    assert 60 * 2**found.tempo == pytest.approx(bpm, rel=0.03)
    assert 2**found.onsets == pytest.approx(bpm / 60, rel=0.08)


@pytest.mark.parametrize("hz", [500, 1000, 4000])
def test_brightness_is_the_centre_of_the_spectrum(hz: float) -> None:
    sine = np.sin(2 * np.pi * hz * TIME).astype(np.float32)
    assert 1000 * 2 ** cues_of(sine).brightness == pytest.approx(hz, rel=0.05)


@pytest.mark.parametrize("key", range(0, 12, 5))
def test_major_is_told_from_minor_in_every_key(key: int) -> None:
    major, minor = (cues_of(Piece(major=each, key=key).samples()) for each in (True, False))
    assert major.mode > 0.05
    assert minor.mode < -0.05


@pytest.mark.parametrize("samples", [np.zeros(10 * RATE, np.float32), np.ones(100, np.float32)])
def test_what_says_nothing_is_refused(samples: np.ndarray) -> None:
    with pytest.raises(UnreadableMedia, match=r"silent|shorter than 5 s"):
        cues_of(samples)


@pytest.fixture(scope="module")
def heard() -> list[tuple[Piece, Cues]]:
    """Synthesized music that the scales were not measured on, in other keys."""
    return [(piece, cues_of(piece.samples())) for piece in list(corpus(keys=1))[::2]]


def test_the_scales_are_those_of_the_synthesized_music(heard: list[tuple[Piece, Cues]]) -> None:
    cues = np.array([each for _, each in heard])[:, :4]
    assert np.all(np.abs(cues.mean(0) - CENTRE[:4]) < 0.25 * np.array(SPREAD[:4]))
    assert cues.std(0) == pytest.approx(SPREAD[:4], rel=0.15)


def test_the_estimate_follows_what_the_music_is_made_of(heard: list[tuple[Piece, Cues]]) -> None:
    def standard(values: list[float]) -> np.ndarray:
        return np.asarray((np.array(values) - np.mean(values)) / np.std(values))

    pieces = [piece for piece, _ in heard]
    tempo = standard([np.log2(each.bpm) for each in pieces])
    made = {
        "valence": tempo + standard([each.major for each in pieces]),
        "energy": tempo
        + standard([each.level_db for each in pieces])
        + standard([-each.overtones for each in pieces])
        + standard([each.density for each in pieces]),
    }
    said = [estimate(each) for _, each in heard]
    assert np.corrcoef(made["valence"], [each.valence for each in said])[0, 1] > 0.85
    assert np.corrcoef(made["energy"], [each.energy for each in said])[0, 1] > 0.88


@pytest.mark.parametrize(
    ("more", "of"),
    [
        ({"bpm": 150.0}, "energy"),
        ({"level_db": -11.0}, "energy"),
        ({"overtones": 0.9}, "energy"),
        ({"density": 3}, "energy"),
    ],
)
def test_each_cue_raises_energy(more: dict[str, float], of: str) -> None:
    plain = Piece(bpm=75, level_db=-24, overtones=2.2, drums=0.2)
    before, after = (
        estimate(cues_of(each.samples()))
        for each in (plain, replace(plain, **more))  # type: ignore[arg-type]
    )
    assert getattr(after, of) > getattr(before, of) + 0.03


def test_no_song_is_said_to_be_extreme() -> None:
    far = Cues(*(centre + 9 * spread for centre, spread in zip(CENTRE, SPREAD, strict=True)))
    assert estimate(far).energy == pytest.approx(0.5 + 0.5 * 0.632**0.5, abs=1e-3)
    assert estimate(far).valence == pytest.approx(0.5 + 0.5 * 0.352**0.5, abs=1e-3)


def encoded(wav: Path, suffix: str) -> Path:
    file = wav.with_suffix(suffix)
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run(
        [program, "-y", "-v", "error", "-i", wav, "-ac", "2", file], check=True, timeout=60
    )
    return file


@pytest.fixture(scope="module")
def wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    piece = Piece(bpm=126, level_db=-16)
    return write_wav(piece.samples(), tmp_path_factory.mktemp("hearing") / "노래 1.wav")


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac"])
def test_every_format_sounds_the_same(wav: Path, suffix: str) -> None:
    plain, found = (estimate(cues_of(decode(each))) for each in (wav, encoded(wav, suffix)))
    assert found.energy == pytest.approx(plain.energy, abs=0.06)
    assert found.valence == pytest.approx(plain.valence, abs=0.06)
    assert found.tempo == plain.tempo == pytest.approx(126, rel=0.04)


def test_of_a_long_song_the_middle_is_heard(tmp_path: Path) -> None:
    quiet, loud = np.zeros(60 * RATE, np.float32), np.full(60 * RATE, 0.5, np.float32)
    file = write_wav(np.concatenate([quiet, loud, quiet]), tmp_path / "long.wav")
    samples = decode(file)
    assert len(samples) == LONGEST_S * RATE
    assert np.mean(samples > 0.4) > 0.98


def test_a_process_hears_one_song_after_the_other(wav: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.mp3"
    torn.write_bytes(b"no sound at all" * 100)
    with Ears() as ears:
        first = ears.hear(wav)
        with pytest.raises(UnreadableMedia, match="cannot be decoded"):
            ears.hear(torn)
        assert ears.hear(wav) == first


ECHO = (
    "import json, sys, os, time\n"
    "for line in sys.stdin:\n"
    "    name = os.path.basename(json.loads(line))\n"
    "    if 'crash' in name: os.abort()\n"
    "    if 'hang' in name: time.sleep(600)\n"
    "    print(json.dumps({'valence': 0.25, 'energy': 0.75, 'tempo': 96.0}), flush=True)\n"
)


def test_what_breaks_or_hangs_takes_only_its_own_song_along() -> None:
    with Ears(patience_s=10, command=(sys.executable, "-c", ECHO)) as ears:
        assert ears.hear(Path("a")) == (0.25, 0.75, 96.0)
        with pytest.raises(UnreadableMedia, match="broke the decoder"):
            ears.hear(Path("crash"))
        assert ears.hear(Path("b")) == (0.25, 0.75, 96.0)
        with pytest.raises(UnreadableMedia, match="took longer than 10 s"):
            ears.hear(Path("hang"))
        assert ears.hear(Path("c")) == (0.25, 0.75, 96.0)
