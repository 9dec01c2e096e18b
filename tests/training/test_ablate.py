"""Variants of one small run: what differs, what is read off one run, and going on."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import pytest
from conftest import striped_faces, write_npz

from training import ablate as ablation
from training.ablate import Series
from training.ablation_page import Json, as_lines
from training.config import Config
from training.data import PUBLIC_TEST, Faces, scored_rows, training_rows
from training.variants import (
    BASELINE,
    DISTILLED,
    IMAGENET,
    LITE0,
    NOT_AVERAGED,
    NOT_IMAGENET,
    ONE_WAY,
    VARIANTS,
    Budget,
    small,
)

BUDGET = Budget(pictures=64, passes=1, size=32, batch=16, scored=24, pretrained=False)


def series(folder: Path, faces: Faces | None = None) -> Series:
    return Series(small(faces or striped_faces(), BUDGET), BUDGET, folder)


def test_every_variant_changes_something_that_there_is() -> None:
    known = {field.name: field.default for field in fields(Config)}
    for name, changes in VARIANTS.items():
        assert (name == BASELINE) == (not changes)
        for field, value in changes.items():
            assert known[field] != value or name in LITE0, (name, field)


def test_every_run_sees_the_same_few_pictures() -> None:
    faces = striped_faces()
    once, again = small(faces, BUDGET), small(faces, BUDGET)
    assert np.array_equal(once.images, again.images)
    assert len(training_rows(once)) == 64
    assert len(scored_rows(once, PUBLIC_TEST)[0]) == 24


def test_finished_runs_are_read_and_not_trained_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = series(tmp_path)
    for name in (BASELINE, "hard labels"):
        runs.run(name, 1)
    first = runs.results(seeds=2)
    assert set(first) == {BASELINE, ONE_WAY, NOT_AVERAGED, "hard labels"}
    config = json.loads((tmp_path / "hard_labels-1" / "config.json").read_text())
    assert config["hard_labels"]
    assert not list(tmp_path.rglob("*.pt"))
    monkeypatch.delattr(ablation, "train")
    again = series(tmp_path)
    again.run(BASELINE, 1)
    assert again.results(seeds=2) == first
    other = series(tmp_path, striped_faces(seed=4))
    assert other.results(seeds=2) == {}
    with pytest.raises(NameError, match="train"):
        other.run(BASELINE, 1)


def test_a_finished_run_is_one_of_its_own_config_and_teachers_only(tmp_path: Path) -> None:
    teacher = tmp_path / "teacher"
    teacher.mkdir()
    Config().save(teacher / "config.json")
    (teacher / "best.pt").write_bytes(b"weights")
    runs = replace(
        series(tmp_path), teachers=(teacher,), budget=replace(BUDGET, pretrained=True)
    )  # fmt: skip
    plain, taught = runs.fingerprint(BASELINE, 1), runs.fingerprint(DISTILLED, 1)
    known = [runs.fingerprint(name, seed) for name in VARIANTS for seed in (1, 2)]
    assert len(set(known)) == 2 * len(VARIANTS), "one is taken for another"
    assert replace(runs, threads=7, compiled=True).fingerprint(BASELINE, 1) == plain
    other = replace(runs, budget=replace(BUDGET, passes=2))
    assert other.fingerprint(BASELINE, 1) != plain
    (teacher / "best.pt").write_bytes(b"other weights")
    assert runs.fingerprint(BASELINE, 1) == plain
    assert runs.fingerprint(DISTILLED, 1) != taught


def test_an_option_that_is_new_and_off_spoils_no_finished_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = series(tmp_path)
    before = runs.fingerprint(BASELINE, 1)
    monkeypatch.setattr(ablation, "asdict", lambda config: asdict(config) | {"new": 0.0})
    assert runs.fingerprint(BASELINE, 1) == before
    monkeypatch.setattr(ablation, "asdict", lambda config: asdict(config) | {"new": 0.1})
    assert runs.fingerprint(BASELINE, 1) != before


def test_the_page_shows_all_that_is_finished_whatever_is_trained_now(tmp_path: Path) -> None:
    words = [
        "--data", str(write_npz(striped_faces(), tmp_path / "faces.npz")), "--work",
        str(tmp_path / "work"), "--out", str(tmp_path), "--no-pretrained", "--size", "32",
        "--passes", "1", "--batch", "16", "--pictures", "64", "--scored", "24", "--seeds",
    ]  # fmt: skip
    ablation.main([*words, "1", "--only", "mixup"])
    ablation.main([*words, "2", "--only", "hard labels"])
    rows = json.loads((tmp_path / "ablations.json").read_text())["variants"]
    seeds = {row: list(each) for row, each in rows.items()}
    assert seeds == {
        BASELINE: ["1", "2"], ONE_WAY: ["1", "2"], NOT_AVERAGED: ["1", "2"],
        "hard labels": ["1", "2"], "mixup": ["1"],
    }  # fmt: skip
    assert "| mixup | 1 | 0." in (tmp_path / "ablations.md").read_text()


def row(accuracy: dict[str, float], macro_f1: dict[str, float]) -> Json:
    return {
        seed: {"accuracy": accuracy[seed], "macro_f1": macro_f1[seed]} for seed in accuracy
    }  # fmt: skip


def test_differences_are_of_runs_with_the_same_seed() -> None:
    rows = {
        BASELINE: row({"1": 0.50, "2": 0.70, "3": 0.60}, {"1": 0.1, "2": 0.5, "3": 0.5}),
        "mixup": row({"2": 0.71, "3": 0.63}, {"2": 0.5, "3": 0.4}),
        IMAGENET: row({"2": 0.75, "4": 0.63}, {"2": 0.5, "4": 0.4}),
        NOT_IMAGENET: row({"2": 0.40}, {"2": 0.2}),
    }
    lines = as_lines({"budget": vars(BUDGET), "variants": rows})
    assert (
        "| mixup | 2 | 0.670 (0.057) | +2.0 (+1.0 to +3.0) | "
        "0.450 (0.071) | -5.0 (-10.0 to +0.0) |"
    ) in lines  # fmt: skip
    assert lines[-1].endswith("at random: accuracy +35.0, macro-F1 +30.0.")
