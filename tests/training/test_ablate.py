"""Variants of one small run: what differs, what is read off one run, and going on."""

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from conftest import striped_faces

from training import ablate as ablation
from training.ablate import ablate
from training.config import Config
from training.data import PUBLIC_TEST, Faces, scored_rows, training_rows
from training.variants import BASELINE, NOT_AVERAGED, ONE_WAY, VARIANTS, Budget, small

BUDGET = Budget(pictures=64, passes=1, size=32, batch=16, scored=24, pretrained=False)


def test_every_variant_changes_something_that_there_is() -> None:
    known = {field.name: field.default for field in fields(Config)}
    for name, changes in VARIANTS.items():
        assert (name == BASELINE) == (not changes)
        for field, value in changes.items():
            assert known[field] != value, (name, field)


def test_every_run_sees_the_same_few_pictures() -> None:
    faces = striped_faces()
    once, again = small(faces, BUDGET), small(faces, BUDGET)
    assert np.array_equal(once.images, again.images)
    assert len(training_rows(once)) == 64
    assert len(scored_rows(once, PUBLIC_TEST)[0]) == 24


def test_finished_runs_are_read_and_not_trained_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [BASELINE, "hard labels", "distilled from a teacher"]

    def run(faces: Faces) -> dict[str, dict[str, float]]:
        return ablate(
            faces, BUDGET, tmp_path, seed=1, teachers=(), threads=1, compiled=False,
            names=names,
        )  # fmt: skip

    first = run(striped_faces())
    assert set(first) == {BASELINE, ONE_WAY, NOT_AVERAGED, "hard labels"}
    config = json.loads((tmp_path / "hard_labels-1" / "config.json").read_text())
    assert config["hard_labels"]
    assert not list(tmp_path.rglob("*.pt"))
    monkeypatch.delattr(ablation, "train")
    assert run(striped_faces()) == first
    with pytest.raises(NameError, match="train"):  # of other pictures nothing is known
        run(striped_faces(seed=4))


def test_a_finished_run_is_one_of_its_own_config_and_teachers_only(tmp_path: Path) -> None:
    faces, plain = striped_faces(), Config()
    teacher = tmp_path / "teacher"
    teacher.mkdir()
    plain.save(teacher / "config.json")
    (teacher / "best.pt").write_bytes(b"weights")
    known = ablation.fingerprint(faces, plain, [teacher])
    assert ablation.fingerprint(faces, replace(plain, mixup=0.1), []) != known
    assert ablation.fingerprint(faces, replace(plain, threads=7, compiled=True), []) == known
    pupil = replace(plain, distill=0.5)
    taught = ablation.fingerprint(faces, pupil, [teacher])
    (teacher / "best.pt").write_bytes(b"other weights")
    assert ablation.fingerprint(faces, plain, [teacher]) == known
    assert ablation.fingerprint(faces, pupil, [teacher]) != taught


def test_differences_are_of_runs_with_the_same_seed() -> None:
    scores = {
        BASELINE: {"accuracy": [0.70, 0.60], "macro_f1": [0.5, 0.5]},
        "mixup": {"accuracy": [0.71, 0.63], "macro_f1": [0.5, 0.4]},
    }
    lines = ablation.as_lines({"budget": vars(BUDGET), "variants": scores})
    assert lines[-1] == (
        "| mixup | 0.670 (0.057) | +2.0 (+1.0 to +3.0) | "
        "0.450 (0.071) | -5.0 (-10.0 to +0.0) |"
    )  # fmt: skip
    assert "2 seeds" in lines[0]
