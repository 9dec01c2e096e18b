from __future__ import annotations

from pathlib import Path

from tests.conftest import FakeClock
from tests.store.world import everything
from today_feeling.domain.music import Fingerprint, Song
from today_feeling.store import accounts, library, tracks
from today_feeling.store.database import Database

ROOT = Path("/music")


def song(name: str, mtime_ns: int = 1, title: str = "Title") -> Song:
    return Song(
        str(ROOT / name), title, None, "jazz", fingerprint=Fingerprint(2**40, 2**60 + mtime_ns)
    )


def test_a_folder_knows_its_files(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        folder = library.add_folder(session, ROOT, clock())
        assert library.put_songs(session, folder.id, [song("a"), song("b")], clock()) == (2, 0)
    with database.reading() as session:
        assert library.known_files(session, folder.id) == {
            "/music/a": (2**40, 2**60 + 1),
            "/music/b": (2**40, 2**60 + 1),
        }
        assert [(each.path, each.tracks) for each in library.folders(session)] == [(ROOT, 2)]


def test_a_changed_file_keeps_its_track_and_loses_its_failures(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        folder = library.add_folder(session, ROOT, clock())
        library.put_songs(session, folder.id, [song("a")], clock())
        user = accounts.add_guest(session, clock())
        before = everything(session)[0]
        tracks.add_failure(session, user.id, before.id, "unreadable", clock())
    with database.writing() as session:
        counts = library.put_songs(session, folder.id, [song("a", 2, "Other")], clock())
        assert counts == (0, 1)
        session.flush()
        after = everything(session)[0]
        assert (after.id, after.title) == (before.id, "Other")
        assert tracks.failed_for_good(session, user.id) == set()


def test_a_missing_file_comes_back(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        folder = library.add_folder(session, ROOT, clock())
        library.put_songs(session, folder.id, [song("a")], clock())
        library.mark_missing(session, folder.id, ["/music/a"])
    with database.writing() as session:
        assert everything(session) == []
        assert library.known_files(session, folder.id) == {}
        assert library.put_songs(session, folder.id, [song("a")], clock()) == (0, 1)
        session.flush()
        assert len(everything(session)) == 1


def test_a_removed_folder_serves_no_file_but_its_songs_keep_their_names(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        folder = library.add_folder(session, ROOT, clock())
        library.put_songs(session, folder.id, [song("a")], clock())
        track_id = everything(session)[0].id
        assert tracks.file_of(session, track_id) == (ROOT / "a", ROOT)
    with database.writing() as session:
        assert library.remove_folder(session, folder.id) == 1
    with database.reading() as session:
        assert library.folders(session) == []
        assert tracks.file_of(session, track_id) is None
        kept = tracks.get(session, track_id)
        assert kept is not None
        assert kept.title == "Title"


def test_overlapping_folders_are_recognised() -> None:
    folders = [library.Folder(1, Path("/music/jazz"), 0)]
    assert library.overlapping(folders, Path("/music")) is folders[0]
    assert library.overlapping(folders, Path("/music/jazz/live")) is folders[0]
    assert library.overlapping(folders, Path("/music/jazz2")) is None
