"""Two real processes on this CPU train one network, started as users start them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import striped_faces
from two_processes import names_of

from training import train as training
from training.data import training_rows
from training.team import Team

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the two processes of `two_processes.py` wrote."""
    out = tmp_path_factory.mktemp("two")
    places = [ROOT / "src", ROOT, Path(__file__).parent]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
    code = f"from training.team import launch; launch(2, 'two_processes', [{str(out)!r}])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("192 pictures, 12 steps a pass") == 3  # the leader alone says it
    assert len((out / "whole" / "log.jsonl").read_text().splitlines()) == 2
    return [torch.load(out / f"{rank}.pt", weights_only=True) for rank in (0, 1)]


def test_both_processes_end_with_the_same_weights(two: list[dict[str, Any]]) -> None:
    assert torch.equal(two[0]["whole"], two[1]["whole"])
    assert two[0]["whole"].isfinite().all()


def test_a_killed_team_resumes_and_ends_with_the_same_weights(two: list[dict[str, Any]]) -> None:
    for each in two:
        assert torch.equal(each["resumed"], each["whole"])


def test_the_pictures_of_every_batch_are_divided(two: list[dict[str, Any]]) -> None:
    faces = striped_faces()
    known = names_of(torch.from_numpy(faces.images[training_rows(faces)]))
    assert len(set(known.tolist())) == 192
    for first, second in zip(two[0]["pictures"], two[1]["pictures"], strict=True):
        assert len(first) == len(second) == 8
        assert not set(first.tolist()) & set(second.tolist())
    for done in (0, 1):
        passes = [each["pictures"][12 * done : 12 * done + 12].flatten() for each in two]
        assert sorted(torch.cat(passes).tolist()) == sorted(known.tolist())


def test_workers_starts_so_many_processes_of_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[int, str, list[str]]] = []
    monkeypatch.setattr(training, "launch", lambda *given: started.append(given))
    arguments = ["--data", "x.npz", "--out", str(tmp_path), "--workers", "2"]
    training.main(arguments)
    assert started == [(2, "training.train", arguments)]


def test_a_batch_that_cannot_be_divided_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        training.main(
            ["--data", "x.npz", "--out", str(tmp_path), "--workers", "3", "--batch", "64"]
        )
    assert left.value.code == 2
    assert "cannot be divided by 3 workers" in capsys.readouterr().err
    with pytest.raises(ValueError, match="cannot be divided by 3 workers"):
        Team(0, 3).share_of(torch.arange(64))
