from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.music.synth import Piece, write_wav
from tests.music.test_hearing import ECHO
from today_feeling.music.hearing.ears import Ears
from today_feeling.services import analysing, catalogue
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow
from today_feeling.store.tracks import to_track

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def echo() -> Ears:
    """Hears 0.25, 0.75 and 96 beats in everything; breaks at `crash`, and hangs at `hang`."""
    return Ears(patience_s=10, command=(sys.executable, "-c", ECHO))


def fill(database: Database, folder: Path, audio: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(audio / "tone.wav", folder / f"{name}.wav")
        with (folder / f"{name}.wav").open("ab") as file:
            file.write(name.encode())  # a content of its own
    catalogue.add_folder(database, folder, now=NOW)


def touch(path: Path) -> None:
    """As if it had been written anew."""
    os.utime(path, ns=(1, 1))


def moods(database: Database) -> dict[str, tuple[float | None, float | None, str | None]]:
    with database.reading() as session:
        rows = session.execute(
            select(TrackRow.file_path, TrackRow.valence, TrackRow.energy, TrackRow.affect_source)
        )
        return {
            Path(str(path)).stem: (valence, energy, source)
            for path, valence, energy, source in rows
        }


def tempos(database: Database) -> dict[str, tuple[float | None, bool]]:
    """As the recommender has them, and whether they are estimates."""
    with database.reading() as session:
        rows = session.scalars(select(TrackRow))
        return {
            Path(str(row.file_path)).stem: (track.tempo, track.tempo_estimated)
            for row, track in ((row, to_track(row)) for row in rows)
        }


def test_songs_are_heard_by_a_process_of_their_own(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    write_wav(Piece(bpm=66, major=False, level_db=-26).samples(), folder / "calm.wav")
    write_wav(Piece(bpm=150, level_db=-11, density=3).samples(), folder / "driving.wav")
    catalogue.add_folder(database, folder, now=NOW)
    told: list[tuple[int, int]] = []
    done = analysing.analyse(database, on_song=lambda *so_far: told.append(so_far[:2]))
    assert (done.heard, done.skipped, done.left) == (2, [], 0)
    assert told == [(1, 2), (2, 2)]
    (calm_valence, calm, _), (valence, driving, source) = (
        moods(database)[name] for name in ("calm", "driving")
    )
    assert source == "audio"
    assert calm is not None
    assert driving is not None
    assert driving > calm + 0.2
    assert valence is not None
    assert calm_valence is not None
    assert valence > calm_valence
    (calm_tempo, _), (fast_tempo, estimated) = (
        tempos(database)[name] for name in ("calm", "driving")
    )
    assert calm_tempo == pytest.approx(66, rel=0.04)
    assert fast_tempo == pytest.approx(150, rel=0.04)
    assert estimated


def test_what_breaks_is_told_and_not_tried_again_until_it_changes(
    database: Database, tmp_path: Path, audio: Path
) -> None:
    folder = tmp_path / "music"
    fill(database, folder, audio, "a", "crash", "z")
    done = analysing.analyse(database, make_ears=echo)
    assert done.heard == 2
    ((locator, why),) = ((each.locator, each.why) for each in done.skipped)
    assert Path(locator).name == "crash.wav"
    assert "broke the decoder" in why
    assert moods(database)["z"] == (0.25, 0.75, "audio")
    assert moods(database)["crash"] == (None, None, "unheard")

    assert analysing.analyse(database, make_ears=echo).heard == 0
    (folder / "crash.wav").write_bytes((folder / "a.wav").read_bytes() + b"!" * 9000)
    catalogue.rescan(database, now=NOW)
    assert len(analysing.analyse(database, make_ears=echo).skipped) == 1


def test_it_goes_on_where_it_was_stopped(database: Database, tmp_path: Path, audio: Path) -> None:
    fill(database, tmp_path / "music", audio, "a", "b", "c")

    def stop(number: int, total: int, name: str) -> None:
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analysing.analyse(database, make_ears=echo, on_song=stop)
    done = analysing.analyse(database, make_ears=echo, limit=5)
    assert (done.heard, done.left) == (1, 0)
    assert analysing.analyse(database, make_ears=echo, again=True, limit=2).left == 1


def test_several_listen_at_once_and_each_song_is_heard_once(
    database: Database, tmp_path: Path, audio: Path
) -> None:
    fill(database, tmp_path / "music", audio, *"abcd", "crash", *"efgh")
    done = analysing.analyse(database, make_ears=echo, jobs=3)
    assert (done.heard, len(done.skipped)) == (8, 1)


def test_what_an_operator_said_of_a_song_stays(
    database: Database, tmp_path: Path, audio: Path
) -> None:
    fill(database, tmp_path / "music", audio, "a", "b")
    with database.reading() as session:
        said = session.scalars(select(TrackRow.id).order_by(TrackRow.id)).first()
    catalogue.edit(database, str(said), {"valence": 0.9, "energy": 0.1})
    analysing.analyse(database, make_ears=echo, again=True)
    assert moods(database)["a"] == (0.9, 0.1, "list")
    assert moods(database)["b"] == (0.25, 0.75, "audio")


def test_a_tempo_that_a_tag_tells_goes_before_what_was_heard(
    database: Database, tmp_path: Path, audio: Path
) -> None:
    folder = tmp_path / "music"
    write_wav(Piece(bpm=150).samples(), folder / "untagged.wav")
    fill(database, folder, audio, "tagged")
    assert tempos(database) == {"tagged": (96, False), "untagged": (None, False)}

    def hears(tempo: float) -> Callable[[], Ears]:
        program = ECHO.replace("96.0", str(tempo))
        return lambda: Ears(patience_s=10, command=(sys.executable, "-c", program))

    analysing.analyse(database, make_ears=hears(140.5))
    assert tempos(database) == {"tagged": (96, False), "untagged": (140.5, True)}
    touch(folder / "untagged.wav")
    catalogue.rescan(database, now=NOW)
    assert tempos(database)["untagged"] == (140.5, True)  # it sounds as before
    analysing.analyse(database, make_ears=hears(141.0), again=True)
    assert tempos(database)["untagged"] == (141.0, True)
    write_wav(Piece(bpm=66).samples(12), folder / "untagged.wav")
    catalogue.rescan(database, now=NOW)
    assert tempos(database)["untagged"] == (None, False)


def test_a_file_that_changed_while_it_was_heard_is_heard_anew(
    database: Database, tmp_path: Path, audio: Path
) -> None:
    fill(database, tmp_path / "music", audio, "a", "b")

    def change(number: int, total: int, name: str) -> None:
        if number == 1:
            with database.writing() as session:
                session.execute(
                    update(TrackRow)
                    .where(TrackRow.file_path.endswith("b.wav"))
                    .values(content=b"new")
                )

    analysing.analyse(database, make_ears=echo, on_song=change)
    assert moods(database)["b"] == (None, None, None)
    analysing.analyse(database, make_ears=echo)
    assert moods(database)["b"] == (0.25, 0.75, "audio")


def test_a_file_that_is_gone_is_told(database: Database, tmp_path: Path, audio: Path) -> None:
    fill(database, tmp_path / "music", audio, "a")
    (tmp_path / "music" / "a.wav").unlink()
    ((why),) = (each.why for each in analysing.analyse(database, make_ears=echo).skipped)
    assert "not there any more" in why


def test_the_command_hears_songs_and_names_what_it_could_not(tmp_path: Path, audio: Path) -> None:
    write_wav(Piece().samples(6), tmp_path / "music" / "a.wav")
    shutil.copy(audio / "tone.mp3", tmp_path / "music" / "short.mp3")
    program = [sys.executable, "-m", "today_feeling.cli", "library"]
    environment = {**os.environ, "TODAY_FEELING_DATABASE_URL": f"sqlite:///{tmp_path}/new.db"}
    subprocess.run([*program, "add", tmp_path / "music"], env=environment, check=True, timeout=120)
    ran = subprocess.run(
        [*program, "analyse"],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout == "1 heard, 1 not, 0 left for the next time.\n"
    assert "short.mp3: shorter than 5 s, which says nothing of its mood" in ran.stderr


def test_without_the_extra_it_says_what_is_missing(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for each in Path(sysconfig.get_path("purelib")).iterdir():
        if each.name != "av":
            (packages / each.name).symlink_to(each)
    source = Path(analysing.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "today_feeling.cli", "library", "analyse"],
        env={
            **os.environ,
            "PYTHONPATH": f"{source}{os.pathsep}{packages}",
            "TODAY_FEELING_DATABASE_URL": f"sqlite:///{tmp_path}/new.db",
        },
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "today-feeling: Listening to songs needs PyAV: pip install 'today-feeling[audio]'"
    ]
