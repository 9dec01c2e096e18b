from __future__ import annotations

import os
import shutil
import wave
from pathlib import Path

import pytest

from today_feeling.domain.music import Song
from today_feeling.errors import NotFound
from today_feeling.music.covers import cover
from today_feeling.music.library import MEDIA_TYPES, LibraryFolder, servable
from today_feeling.music.source import Skipped, Unchanged


def tone(path: Path, seconds: float = 0.5) -> Path:
    """An untagged WAV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return path


def found(folder: Path) -> dict[str, Song]:
    items = [item for item in LibraryFolder(folder).songs() if isinstance(item, Song)]
    return {str(Path(item.locator).relative_to(folder.resolve())): item for item in items}


def skipped(folder: Path) -> dict[str, str]:
    items = [item for item in LibraryFolder(folder).songs() if isinstance(item, Skipped)]
    return {os.path.relpath(item.locator, folder): item.why for item in items}


@pytest.mark.parametrize(
    ("name", "genre"),
    [
        ("tone.mp3", "ballad"),
        ("tone.m4a", "jazz"),
        ("tone.ogg", "idol"),
        ("tone.opus", "hiphop"),
        ("tone.flac", "classic"),
        ("tone.wav", "rock"),
    ],
)
def test_tags_are_read_from_every_format(audio: Path, name: str, genre: str) -> None:
    song = found(audio)[name]
    assert (song.title, song.artist, song.genre, song.year, song.tempo) == (
        "봄날의 노래",
        "테스트 가수",
        genre,
        2021,
        96,
    )
    assert song.duration_s == pytest.approx(0.5, abs=0.1)


def test_a_bare_aac_stream_is_named_by_its_file(audio: Path) -> None:
    song = found(audio)["tone.aac"]
    assert (song.title, song.genre, song.duration_s) == ("tone", "extra", None)


def test_every_format_has_a_sample(audio: Path) -> None:
    assert {path.suffix for path in audio.iterdir()} | {".oga"} == set(MEDIA_TYPES)


@pytest.mark.parametrize(
    ("name", "artist", "title"),
    [
        ("노래.wav", None, "노래"),
        ("아이유 - 밤편지.wav", "아이유", "밤편지"),
        ("03 - Nina Simone - Feeling Good.wav", "Nina Simone", "Feeling Good"),
        ("01 Intro.wav", None, "Intro"),
        ("12. Finale.wav", None, "Finale"),
        ("99 Luftballons.wav", None, "99 Luftballons"),
        ("my_first_song.wav", None, "my first song"),
        ("01.wav", None, "01"),
        (" - .wav", None, "-"),
    ],
)
def test_a_file_without_tags_is_named_by_its_name(
    tmp_path: Path, name: str, artist: str | None, title: str
) -> None:
    tone(tmp_path / name)
    (song,) = found(tmp_path).values()
    assert (song.artist, song.title) == (artist, title)


def test_folders_below_are_read_and_other_files_are_not(tmp_path: Path) -> None:
    tone(tmp_path / "b" / "deep" / "one.wav")
    tone(tmp_path / "a" / "TWO.WAV")
    tone(tmp_path / ".hidden" / "three.wav")
    tone(tmp_path / "._four.wav")
    (tmp_path / "cover.jpg").write_bytes(b"x")
    (tmp_path / "songs.mp3").mkdir()
    assert list(found(tmp_path)) == ["a/TWO.WAV", "b/deep/one.wav"]


def test_unreadable_files_are_named_and_the_others_go_on(tmp_path: Path, audio: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "noise.flac").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "text.mp3").write_text("hello " * 1000)
    (tmp_path / "short.m4a").write_bytes((audio / "tone.m4a").read_bytes()[:40])
    (tmp_path / "half.ogg").write_bytes((audio / "tone.ogg").read_bytes()[:20])
    tone(tmp_path / "good.wav")
    assert list(found(tmp_path)) == ["good.wav"]
    assert set(skipped(tmp_path)) == {
        "empty.mp3",
        "noise.flac",
        "text.mp3",
        "short.m4a",
        "half.ogg",
    }


def test_a_name_that_is_no_text_is_skipped(tmp_path: Path) -> None:
    tone(tmp_path / os.fsdecode(b"caf\xe9.wav"))
    assert found(tmp_path) == {}
    assert list(skipped(tmp_path).values()) == ["the name is not valid UTF-8"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    tone(tmp_path / "a" / "one.wav")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "self.mp3").symlink_to(tmp_path / "self.mp3")
    (tmp_path / "again.wav").symlink_to(tmp_path / "a" / "one.wav")
    items = list(LibraryFolder(tmp_path).songs())
    assert [item.locator for item in items if isinstance(item, Song)] == [
        str(tmp_path / "a" / "one.wav")
    ]
    assert [Path(item.locator).name for item in items if isinstance(item, Skipped)] == ["self.mp3"]


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    tone(tmp_path / "secret" / "one.wav")
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "link.wav").symlink_to(tmp_path / "secret" / "one.wav")
    (tmp_path / "music" / "folder").symlink_to(tmp_path / "secret", target_is_directory=True)
    (tmp_path / "music" / "nowhere.wav").symlink_to(tmp_path / "nothing")
    assert found(tmp_path / "music") == {}
    assert set(skipped(tmp_path / "music")) == {"link.wav", "folder", "nowhere.wav"}


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    tone(tmp_path / "same.wav")
    changed = tone(tmp_path / "touched.wav")
    known = {
        song.locator: song.fingerprint
        for song in found(tmp_path).values()
        if song.fingerprint is not None
    }
    os.utime(changed, ns=(1, 1))
    kinds = {Path(item.locator).name: type(item) for item in LibraryFolder(tmp_path).songs(known)}
    assert kinds == {"same.wav": Unchanged, "touched.wav": Song}


def test_a_file_of_the_folder_is_served_with_its_type(audio: Path) -> None:
    assert servable(audio / "tone.flac", audio) == ((audio / "tone.flac").resolve(), "audio/flac")


def test_nothing_outside_of_the_folder_is_served(tmp_path: Path) -> None:
    outside = tone(tmp_path / "outside.wav")
    folder = tmp_path / "music"
    tone(folder / "gone.wav").unlink()
    (folder / "link.wav").symlink_to(outside)
    (folder / "notes.txt").write_text("private")
    (folder / "dir.wav").mkdir()
    for path in (
        outside,
        folder / ".." / "outside.wav",
        folder / "link.wav",
        folder / "gone.wav",
        folder / "notes.txt",
        folder / "dir.wav",
    ):
        with pytest.raises(NotFound):
            servable(path, folder)


def test_tags_with_control_characters_are_cleaned(tmp_path: Path, audio: Path) -> None:
    shutil.copy(audio / "tone.flac", tmp_path / "x.flac")
    data = (tmp_path / "x.flac").read_bytes()
    title = "봄날의 노래".encode()
    assert title in data
    (tmp_path / "x.flac").write_bytes(data.replace(title, b"A\x01\nB" + b" " * (len(title) - 4)))
    assert found(tmp_path)["x.flac"].title == "A B"


JPEG, PNG = b"\xff\xd8\xff\xe0 picture", b"\x89PNG\r\n\x1a\n picture"


def test_the_picture_in_the_tags_comes_before_the_one_beside(tmp_path: Path, audio: Path) -> None:
    song = tmp_path / "x.mp3"
    frame = b"\x00image/jpeg\x00\x03\x00" + JPEG
    frame = b"APIC" + len(frame).to_bytes(4, "big") + b"\x00\x00" + frame
    size = bytes((len(frame) >> shift) & 127 for shift in (21, 14, 7, 0))
    sound = (audio / "tone.mp3").read_bytes()
    old = 10 + sum(byte << shift for byte, shift in zip(sound[6:10], (21, 14, 7, 0), strict=True))
    song.write_bytes(b"ID3\x03\x00\x00" + size + frame + sound[old:])
    (tmp_path / "Cover.PNG").write_bytes(PNG)
    assert cover(song, tmp_path) == (JPEG, "image/jpeg")


def test_a_picture_beside_the_file_is_its_cover(tmp_path: Path, audio: Path) -> None:
    song = Path(shutil.copy(audio / "tone.flac", tmp_path / "x.flac"))
    assert cover(song, tmp_path) is None
    (tmp_path / "Folder.JPG").write_bytes(JPEG)
    assert cover(song, tmp_path) == (JPEG, "image/jpeg")


def test_what_is_no_picture_or_lies_outside_is_no_cover(tmp_path: Path, audio: Path) -> None:
    (tmp_path / "music").mkdir()
    song = Path(shutil.copy(audio / "tone.flac", tmp_path / "music" / "x.flac"))
    (tmp_path / "music" / "cover.png").write_bytes(b"<svg onload=alert(1)>")
    (tmp_path / "secret.jpg").write_bytes(JPEG)
    (tmp_path / "music" / "folder.jpg").symlink_to(tmp_path / "secret.jpg")
    assert cover(song, tmp_path / "music") is None
