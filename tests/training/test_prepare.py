"""From folders of pictures to the archive that `train` reads, with all that can go wrong."""

import csv
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import striped_faces, write_csv_pair, write_npz

from today_feeling.domain.emotion import EMOTIONS
from training import parts, prepare
from training.data import FER_PLUS, PUBLIC_TEST, load, scored_rows, training_rows
from training.faces import FaceCutter
from training.folders import scan
from training.prepare import MODELS, prepare_folders
from training.sample import draw_face, draw_folders


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two train pictures and one of each test split for each class."""
    folder = tmp_path_factory.mktemp("drawn")
    draw_folders(folder, 2)
    return folder


def write(path: Path, picture: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())


def reasons(out: Path) -> dict[str, str]:
    with out.with_suffix(".skipped.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: row["reason"] for row in csv.DictReader(file)}


def test_folders_become_an_archive_that_training_reads(drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "runs" / "mine.npz"
    prepare_folders(drawn, out, side=40)
    faces = load([out])
    assert faces.images.shape == (24, 40, 40)
    assert len(training_rows(faces)) == 12
    assert sorted(scored_rows(faces, PUBLIC_TEST)[1].tolist()) == list(range(6))
    assert faces.copies == "equal pictures were left out"
    assert faces.source == f"folder {drawn.name}, labelled by its folders' names"
    assert not list(tmp_path.rglob("*.parts"))


def test_faces_are_framed_as_the_card_says_wherever_they_are(tmp_path: Path) -> None:
    face = draw_face("neutral", np.random.default_rng(4))
    frame = np.full((480, 640, 3), 90, np.uint8)
    frame[200:440, 30:270] = face
    write(tmp_path / "a.png", face[..., ::-1])
    write(tmp_path / "b.png", frame[..., ::-1])
    cutter = FaceCutter(MODELS, 48)
    alone, placed = cutter.cut(tmp_path / "a.png"), cutter.cut(tmp_path / "b.png")
    assert not isinstance(alone, str)
    assert not isinstance(placed, str)
    gap = np.abs(alone.face.astype(int) - placed.face)
    assert gap[6:-6, 6:-6].mean() < 12  # levels; another picture of the class is over 20 away


def test_every_picture_that_is_left_out_is_named_with_its_reason(
    drawn: Path, tmp_path: Path
) -> None:
    root = tmp_path / "set"
    happy = (drawn / "train" / "행복" / "0000.png").read_bytes()
    for name, content in {
        "train/happy/1.png": happy,
        "train/happy/1 again.png": happy,
        "val/sad/1.png": happy,
        "train/happy/broken.jpg": happy[:200],
        "train/happy/empty.png": b"",
        "train/happy/list.txt": b"1.png",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    write(root / "train/happy/tiny.png", np.zeros((20, 20, 3), np.uint8))
    write(root / "train/happy/black.png", np.zeros((100, 100, 3), np.uint8))
    sky = np.tile(np.linspace(0, 255, 200).astype(np.uint8)[:, None, None], (1, 200, 3))
    write(root / "train/happy/sky.png", sky)
    out = tmp_path / "mine.npz"
    faces = prepare_folders(root, out)
    assert len(faces.images) == 1
    assert reasons(out) == {
        "train/happy/1.png": "the same picture is there already",
        "val/sad/1.png": "the same picture is there in another class",
        "train/happy/broken.jpg": "the picture is damaged, or of a kind that cannot be read",
        "train/happy/empty.png": "the file is empty",
        "train/happy/list.txt": "not a picture",
        "train/happy/tiny.png": "picture smaller than 32 pixels",
        "train/happy/black.png": "picture of one colour",
        "train/happy/sky.png": "no face found",
    }


def test_ready_crops_are_taken_whole(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 255, 96).astype(np.uint8)[:, None, None], (1, 96, 3))
    write(tmp_path / "train/sad/1.png", ramp)
    faces = prepare_folders(tmp_path, tmp_path / "out.npz", side=48, ready=True)
    expected = ramp[..., 0].reshape(48, 2, 48, 2).mean(axis=(1, 3))
    assert np.abs(faces.images[0] - expected).max() <= 1


def test_interrupted_work_goes_on_where_it_was(
    drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART", 4)
    cut: list[Path] = []
    whole = FaceCutter.cut

    def fails_at_tenth(self: FaceCutter, path: Path) -> object:
        if len(cut) == 9:
            raise KeyboardInterrupt
        cut.append(path)
        return whole(self, path)

    out = tmp_path / "mine.npz"
    with monkeypatch.context() as patched:
        patched.setattr(FaceCutter, "cut", fails_at_tenth)
        with pytest.raises(KeyboardInterrupt):
            prepare_folders(drawn, out)
    assert not out.exists()

    def counted(self: FaceCutter, path: Path) -> object:
        cut.append(path)
        return whole(self, path)

    cut.clear()
    with monkeypatch.context() as patched:
        patched.setattr(FaceCutter, "cut", counted)
        resumed = prepare_folders(drawn, out)
    assert len(cut) == 24 - 8
    at_once = prepare_folders(drawn, tmp_path / "other.npz")
    np.testing.assert_array_equal(resumed.images, at_once.images)


def test_parts_of_other_pictures_are_not_gone_on_from(drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.npz"
    stale = tmp_path / "mine.npz.parts"
    stale.mkdir()
    (stale / "fingerprint.txt").write_text("another plan")
    (stale / "00000000.npz").write_bytes(b"nothing of ours")
    assert len(prepare_folders(drawn, out).images) == 24


def test_the_plan_is_another_with_other_pictures_settings_or_models(
    drawn: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for name in ("face_detection.json", "face_detection_short_range.tflite", "emotion.json"):
        (models / name).write_bytes(name.encode())
    plan = parts.Plan(drawn, tuple(scan(drawn)[0]), models, side=64, ready=False)
    known = plan.fingerprint()
    assert known == replace(plan).fingerprint()
    for other in ({"items": plan.items[1:]}, {"side": 48}, {"ready": True}, {"models": MODELS}):
        assert replace(plan, **other).fingerprint() != known
    for file in models.iterdir():
        before = file.read_bytes()
        file.write_bytes(b"another")
        assert plan.fingerprint() != known, file.name
        file.write_bytes(before)


def test_several_processes_give_the_same_archive(drawn: Path, tmp_path: Path) -> None:
    one = prepare_folders(drawn, tmp_path / "one.npz", limit=1)
    two = prepare_folders(drawn, tmp_path / "two.npz", limit=1, workers=2)
    np.testing.assert_array_equal(one.images, two.images)


def test_a_full_disk_is_told_and_leaves_no_broken_file(drawn: Path, tmp_path: Path) -> None:
    """The system's limit on the size of files stands for the full disk."""
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from training.prepare import main; main(sys.argv[1:])"
    )
    out = tmp_path / "mine.npz"
    command = [sys.executable, "-c", script, "--data", str(drawn), "--out", str(out)]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert resource.RLIMIT_FSIZE
    assert failed.returncode == 1
    assert "cannot write" in failed.stderr
    assert "run the same command again" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not list(tmp_path.rglob("*.npz"))
    assert not list(tmp_path.rglob("*.new"))


def test_a_wrong_folder_ends_the_command_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "x.npz")]
    with pytest.raises(SystemExit, match="no picture lies in a folder named for a class"):
        prepare.main(arguments)
    with pytest.raises(SystemExit):
        prepare.main(["--data", str(tmp_path), "--out", str(tmp_path / "x.zip")])
    assert "must end in .npz" in capsys.readouterr().err


def test_a_missing_partner_of_the_csv_pair_is_named_and_no_disk_is_blamed(tmp_path: Path) -> None:
    write_csv_pair(striped_faces(), tmp_path)
    (tmp_path / "fer2013new.csv").unlink()
    with pytest.raises(SystemExit, match=r"expected.*fer2013new\.csv") as left:
        prepare.main(["--data", str(tmp_path), "--out", str(tmp_path / "x.npz")])
    assert "make room" not in str(left.value)


def test_fer_is_packed_and_cut_down(tmp_path: Path) -> None:
    source = write_npz(striped_faces(), tmp_path / "fer2013plus.npz")
    out = tmp_path / "small.npz"
    prepare.main(["--data", str(source), "--out", str(out), "--limit", "2"])
    faces = load([out])
    assert faces.source == FER_PLUS
    assert len(training_rows(faces)) == 2 * len(EMOTIONS)
    assert len(scored_rows(faces, PUBLIC_TEST)[0]) == 2 * len(EMOTIONS)


def test_archives_are_learned_from_together_if_their_sides_agree(tmp_path: Path) -> None:
    first = write_npz(striped_faces(1), tmp_path / "a.npz")
    second = write_npz(striped_faces(2), tmp_path / "b.npz")
    both = load([first, second])
    assert len(both.images) == 2 * len(load([first]).images)
    ramp = np.tile(np.arange(0, 240, 4).astype(np.uint8)[:, None, None], (1, 60, 3))
    write(tmp_path / "set/train/sad/1.png", ramp)
    prepare_folders(tmp_path / "set", tmp_path / "c.npz", side=60, ready=True)
    with pytest.raises(ValueError, match="--side 48"):
        load([first, tmp_path / "c.npz"])
