from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from today_feeling.domain.music import GENRES
from today_feeling.errors import Conflict, InvalidInput, NotFound
from today_feeling.services import catalogue
from today_feeling.store.catalogue import Wanted
from today_feeling.store.database import Database

LIST = "title,artist,genre,youtube_video_id\n"


@pytest.fixture
def folder(tmp_path: Path, audio: Path) -> Path:
    shutil.copytree(audio, tmp_path / "music")
    return tmp_path / "music"


def counts(report: catalogue.Report) -> tuple[int, int, int, int, int]:
    return (
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
        len(report.skipped),
    )


def test_the_starter_songs_are_loaded_once(database: Database, clock: FakeClock) -> None:
    assert counts(catalogue.load_starter_songs(database, now=clock())) == (330, 0, 0, 0, 0)
    assert counts(catalogue.load_starter_songs(database, now=clock())) == (0, 0, 0, 330, 0)
    there = catalogue.overview(database, 1)
    assert there.sources == {"library": 0, "subsonic": 0, "youtube": 330, "radio": 0}
    assert tuple(there.genres) == GENRES
    assert sum(there.genres.values()) == 330


def test_a_later_release_renews_the_starter_songs(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(LIST + "A,,jazz,aaaaaaaaaaa\nB,,jazz,bbbbbbbbbbb\n")
    catalogue.load_starter_songs(database, now=clock(), path=path)
    path.write_text(LIST + "A new,,jazz,aaaaaaaaaaa\nC,,pop,ccccccccccc\n")
    report = catalogue.load_starter_songs(database, now=clock(), path=path)
    assert counts(report) == (1, 1, 1, 0, 0)
    assert [item.track.title for item in catalogue.find(database, Wanted())] == ["A new", "C"]


def test_a_folder_is_added_and_rescanned(
    database: Database, clock: FakeClock, folder: Path, audio: Path
) -> None:
    seen: list[str] = []
    report = catalogue.add_folder(
        database, folder, now=clock(), on_file=lambda _, name: seen.append(name)
    )
    assert counts(report) == (7, 0, 0, 0, 0)
    assert len(seen) == 7
    assert counts(catalogue.rescan(database, now=clock())[folder]) == (0, 0, 0, 7, 0)

    (folder / "tone.mp3").unlink()
    (folder / "tone.wav").write_bytes(b"broken")
    shutil.copy(audio / "tone.flac", folder / "tone.ogg")
    shutil.copy(audio / "tone.opus", folder / "new.opus")
    assert counts(catalogue.rescan(database, now=clock())[folder]) == (1, 0, 3, 4, 2)
    assert catalogue.list_folders(database)[0].tracks == 5

    shutil.copy(audio / "tone.mp3", folder)
    assert counts(catalogue.rescan(database, now=clock())[folder]) == (0, 1, 0, 5, 2)


def test_adding_a_folder_again_reads_it_again(
    database: Database, clock: FakeClock, folder: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    again = catalogue.add_folder(database, folder / ".." / "music", now=clock())
    assert counts(again) == (0, 0, 0, 7, 0)
    assert len(catalogue.list_folders(database)) == 1


def test_a_folder_that_cannot_be_reached_offers_nothing_until_it_is_back(
    database: Database, clock: FakeClock, folder: Path, tmp_path: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    folder.rename(tmp_path / "away")
    report = catalogue.rescan(database, now=clock())[folder]
    assert counts(report) == (0, 0, 7, 0, 1)
    assert catalogue.find(database, Wanted()) == []
    (tmp_path / "away").rename(folder)
    assert counts(catalogue.rescan(database, now=clock())[folder]) == (0, 7, 0, 0, 0)


def test_a_folder_is_removed_without_touching_its_files(
    database: Database, clock: FakeClock, folder: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    assert catalogue.remove_folder(database, folder) == 7
    assert catalogue.find(database, Wanted()) == []
    assert len(list(folder.iterdir())) == 7
    with pytest.raises(NotFound):
        catalogue.remove_folder(database, folder)
    assert counts(catalogue.add_folder(database, folder, now=clock())) == (0, 7, 0, 0, 0)


def test_a_folder_that_is_gone_can_still_be_removed(
    database: Database, clock: FakeClock, folder: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    shutil.rmtree(folder)
    assert catalogue.remove_folder(database, folder) == 7


def test_folders_do_not_overlap(database: Database, clock: FakeClock, folder: Path) -> None:
    (folder / "below").mkdir()
    catalogue.add_folder(database, folder, now=clock())
    for other in (folder.parent, folder / "below"):
        with pytest.raises(Conflict, match="overlaps"):
            catalogue.add_folder(database, other, now=clock())


def test_a_file_is_no_folder(database: Database, clock: FakeClock, folder: Path) -> None:
    for wrong in (folder / "tone.mp3", folder / "nothing"):
        with pytest.raises(InvalidInput, match="not a folder"):
            catalogue.add_folder(database, wrong, now=clock())


def test_a_file_that_was_moved_keeps_its_track(
    database: Database, clock: FakeClock, folder: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    before = {item.track.id for item in catalogue.find(database, Wanted())}
    (folder / "deep").mkdir()
    for name in ("tone.aac", "tone.flac", "tone.mp3"):
        (folder / name).rename(folder / "deep" / f"new {name}")
    report = catalogue.rescan(database, now=clock())[folder]
    assert (report.moved, *counts(report)) == (3, 0, 0, 0, 4, 0)
    after = {item.track.id for item in catalogue.find(database, Wanted())}
    assert after == before


def test_a_copy_is_a_song_of_its_own(database: Database, clock: FakeClock, folder: Path) -> None:
    catalogue.add_folder(database, folder, now=clock())
    shutil.copy(folder / "tone.mp3", folder / "copy.mp3")
    report = catalogue.rescan(database, now=clock())[folder]
    assert (report.moved, *counts(report)) == (0, 1, 0, 0, 7, 0)


def test_a_file_that_comes_back_elsewhere_is_the_same_song(
    database: Database, clock: FakeClock, folder: Path, tmp_path: Path
) -> None:
    catalogue.add_folder(database, folder, now=clock())
    ids = {item.track.id for item in catalogue.find(database, Wanted())}
    (folder / "tone.ogg").rename(tmp_path / "away.ogg")
    catalogue.rescan(database, now=clock())
    catalogue.remove_folder(database, folder)
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / "away.ogg").rename(tmp_path / "elsewhere" / "back.ogg")
    report = catalogue.add_folder(database, tmp_path / "elsewhere", now=clock())
    assert (report.moved, *counts(report)) == (7, 0, 0, 0, 0, 0)
    assert {item.track.id for item in catalogue.find(database, Wanted())} == ids
