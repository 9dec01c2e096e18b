"""Known doses of what cameras do, and how their results are told."""

from typing import Any

import numpy as np
import pytest

from training.corruptions import CORRUPTIONS, LUMA, Corruption, Picture, coloured, corrupted
from training.robustness import as_markdown, worst
from training.sample import draw_face
from training.scenes import SCENES, Scene, frame_of

FACE = draw_face("happiness", np.random.default_rng(2))[60:188, 56:184]


def change(corruption: Corruption, dose: float) -> float:
    spoiled = corrupted(np.stack([FACE] * 6), corruption, dose)
    return float(np.abs(spoiled.astype(int) - FACE).mean())


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda each: each.name)
def test_every_dose_changes_the_picture_and_the_same_way_each_time(corruption: Corruption) -> None:
    before = FACE.copy()
    for dose in corruption.doses:
        first = corrupted(np.stack([FACE, FACE]), corruption, dose)
        assert first.shape == (2, *FACE.shape)
        assert first.dtype == np.uint8
        assert (first[0] != FACE).any()
        np.testing.assert_array_equal(first, corrupted(np.stack([FACE, FACE]), corruption, dose))
    np.testing.assert_array_equal(FACE, before)


@pytest.mark.parametrize(
    "name", ["warm light", "cold light", "side light", "rotation", "shift", "blur", "noise",
             "JPEG", "low resolution", "occlusion", "mask"],
)  # fmt: skip
def test_stronger_doses_change_more(name: str) -> None:
    (corruption,) = (each for each in CORRUPTIONS if each.name == name)
    changes = [change(corruption, dose) for dose in corruption.doses]
    assert changes == sorted(changes)


def effect(name: str, dose: float) -> Picture:
    (corruption,) = (each for each in CORRUPTIONS if each.name == name)
    return np.asarray(corrupted(FACE[None], corruption, dose)[0], np.uint8)


def test_doses_mean_what_they_say() -> None:
    assert effect("light", 0.5).mean() == pytest.approx(FACE.mean() / 2, abs=0.5)
    assert effect("gamma", 2.0)[0, 0, 0] == round(255 * (FACE[0, 0, 0] / 255) ** 2)
    noise = effect("noise", 0.05)[:12].astype(float) - FACE[:12]
    assert noise.std() == pytest.approx(0.05 * 255, rel=0.1)
    hidden = (effect("occlusion", 0.4) != FACE).any(axis=2)
    assert hidden.sum() == pytest.approx((0.4 * 128) ** 2, rel=0.1)
    assert (effect("mask", 0.25)[96:] == 200).all()


def gray_face() -> Picture:
    return np.repeat(FACE[..., :1], 3, axis=2)


def test_colours_leave_every_gray_level_as_it_was() -> None:
    gray = gray_face()
    faces = [coloured(gray, np.random.default_rng(row)) for row in range(8)]
    for face in faces:
        assert face.max() <= 255 + 1e-9
        assert np.abs(face @ LUMA - gray[..., 0]).max() < 1e-6
    assert len({round(float(np.ptp(face, axis=2).mean()), 3) for face in faces}) > 3


@pytest.mark.parametrize("name", ["warm light", "cold light"])
def test_a_cast_is_more_than_a_gain_which_the_network_would_undo(name: str) -> None:
    gray = gray_face()
    (corruption,) = (each for each in CORRUPTIONS if each.name == name)
    before = gray[..., 0].astype(float).ravel()
    for cast in corrupted(np.stack([gray] * 4), corruption, 1.0):
        after = (cast @ LUMA).ravel()
        gain = np.polynomial.Polynomial.fit(before, after, 1)
        assert np.abs(after - gain(before)).max() > 3


def test_a_scene_hangs_the_face_in_the_middle_of_the_frame() -> None:
    frame = frame_of(FACE[..., 0], Scene("", side=240), 0)
    assert frame.shape == (480, 640, 3)
    assert (frame[:118] == 127).all()
    inside = frame[120:360, 200:440, 0].reshape(120, 2, 120, 2).mean(axis=(1, 3))
    assert abs(inside.mean() - FACE[..., 0].mean()) < 2
    left = frame_of(FACE[..., 0], Scene("", angle=20), 0)
    assert (left != frame_of(FACE[..., 0], Scene("", angle=20), 1)).any()


def test_the_page_shows_both_versions_in_every_row() -> None:
    def result(version: str, accuracy: float) -> dict[str, Any]:
        return {
            "version": version, "sha256": "", "model": f"net {version}", "seconds": 1,
            "pictures": 100, "frames": 10, "clean": accuracy, "mean": accuracy - 0.1,
            "doses": {each.name: {f"{dose:g}": accuracy for dose in each.doses}
                      for each in CORRUPTIONS},
            "scenes": {scene.name: {"found": 1.0, "accuracy": accuracy,
                                    "accuracy_of_found": accuracy} for scene in SCENES},
        }  # fmt: skip

    page = as_markdown(result("2.0", 0.875), result("1.0", 0.8125))
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert "**.875 (.812)**" in page
    assert len(rows) == len(CORRUPTIONS) + 1 + len(SCENES)
    assert "Version 2.0: net 2.0. Version 1.0: net 1.0. They differ" in page
    assert all(".875 (.812)" in row for row in rows if "accuracy" not in row)
    assert "(" not in as_markdown(result("2.0", 0.875), None).split("| dose |")[1].split("##")[0]


def test_the_worst_effects_are_named_by_their_worst_dose() -> None:
    doses = {
        "mask": {"0.2": 0.8, "0.4": 0.46}, "blur": {"1": 0.86, "3": 0.79},
        "noise": {"0.1": 0.84}, "JPEG": {"10": 0.81}, "shift": {"0.1": 0.9},
    }  # fmt: skip
    assert worst({"doses": doses}) == (
        "mask (lowest share hidden: 0.4) .460, blur (deviation, % of the side: 3) .790, "
        "JPEG (quality: 10) .810, noise (deviation of full scale: 0.1) .840"
    )
