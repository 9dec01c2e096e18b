"""Points of a mesh: how they are aligned, what a head makes of them, and work that goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from training import mesh
from training.landmark_comparison import Comparison
from training.landmark_data import EXPRESSIVE_34, EYES, USUAL_68, Pictures, Points, aligned
from training.landmark_heads import BUDGET, answers, fit, inputs_of, reduced
from training.pages import renew, write_or_renew
from training.sample import draw_face
from training.saved import Arrays, in_parts

TELLING = (61, 291, 105, 334)
"""Points that move with the class in the made-up faces: corners of the mouth and two brows."""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Steps this small only lose by a second thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def made_up(count: int = 600, learned: int = 480) -> tuple[Pictures, Points]:
    """Meshes of noise, in which a few points lie where the class puts them."""
    random = np.random.default_rng(5)
    labels = np.arange(count) % len(EMOTIONS)
    places = random.normal(0, 1, (count, mesh.POINTS, 2)).astype(np.float32)
    directions = random.normal(0, 8, (len(EMOTIONS), len(TELLING), 2))
    places[:, list(TELLING)] += directions[labels]
    pictures = Pictures(
        images=np.zeros((count, 48, 48), np.uint8),
        target=np.eye(len(EMOTIONS), dtype=np.float32)[labels],
        weight=np.ones(count, np.float32),
        labels=labels.astype(np.int64),
        learned=learned,
    )
    return pictures, Points(places, np.ones(count, np.float32), np.ones(count, np.bool_))


def test_the_sets_are_the_usual_ones() -> None:
    assert len(USUAL_68) == len(set(USUAL_68)) == 68
    assert len(EXPRESSIVE_34) == BUDGET == 34
    assert set(EXPRESSIVE_34) < set(USUAL_68)


def test_where_a_face_is_how_large_and_how_turned_changes_nothing() -> None:
    face = np.random.default_rng(1).normal(0, 1, (3, mesh.POINTS, 2)).astype(np.float32)
    turn = np.array([[np.cos(0.4), np.sin(0.4)], [-np.sin(0.4), np.cos(0.4)]])
    moved = (7 * face @ turn + [3, -2]).astype(np.float32)
    np.testing.assert_allclose(aligned(moved), aligned(face), atol=1e-4)
    left, right = (aligned(face)[:, list(eye)].mean(axis=1) for eye in (EYES[6:], EYES[:6]))
    np.testing.assert_allclose(left[:, 1], right[:, 1], atol=1e-5)
    assert (left[:, 0] > right[:, 0]).all()


def test_a_head_with_a_budget_finds_the_points_that_tell() -> None:
    pictures, points = made_up()
    everything = tuple(range(mesh.POINTS))
    inputs = inputs_of(None, points, everything, pictures.learned)
    rows = torch.arange(pictures.learned)
    _, chosen = fit(inputs, pictures, rows, passes=120, seed=1, budget=BUDGET)
    assert len(chosen) == BUDGET
    assert set(TELLING) <= set(chosen)


def test_points_help_where_they_know_more_and_not_where_they_do_not() -> None:
    pictures, points = made_up()
    blind = np.random.default_rng(2).normal(0, 1, (600, 32)).astype(np.float32)
    compare = Comparison(pictures, points, passes=120, seeds=1)
    result = compare.on_train(reduced(blind, pictures.learned), [list(TELLING)])
    assert list(result) == ["none", "68", "34", "learned 34", "all 468"]
    assert result["none"]["accuracy"][0] < 0.4
    assert result["learned 34"]["accuracy"][0] > 0.7
    assert result["learned 34"]["gain"] > 5 * result["learned 34"]["gain_error"]


def test_by_fives_every_picture_is_read_by_a_head_that_never_saw_it() -> None:
    pictures, points = made_up()
    compare = Comparison(pictures, points, passes=4, seeds=1)
    result = compare.on_fifths(None, [list(TELLING)])
    assert list(result) == ["68", "34", "learned 34", "all 468"]
    assert result["learned 34"]["accuracy"][0] > 0.3
    # labels that mean nothing can be learned by heart, but not found out
    guessed = replace(pictures, target=pictures.target[np.random.default_rng(3).permutation(600)])
    assert Comparison(guessed, points, passes=4, seeds=1).on_fifths(None, [list(TELLING)])[
        "learned 34"
    ]["accuracy"][0] == pytest.approx(1 / 6, abs=0.12)


def test_features_are_reduced_without_looking_at_the_test_pictures() -> None:
    features = np.random.default_rng(3).normal(0, 2, (50, 8)).astype(np.float32)
    changed = features.copy()
    changed[40:] += 100
    np.testing.assert_allclose(reduced(features, 40)[:40], reduced(changed, 40)[:40], atol=1e-4)
    assert np.square(reduced(features, 40)[:40]).mean() == pytest.approx(1, abs=1e-3)


def test_answers_are_probabilities() -> None:
    pictures, points = made_up(60, 48)
    inputs = inputs_of(None, points, EXPRESSIVE_34, 48)
    head, left = fit(inputs, pictures, torch.arange(48), passes=1, seed=1)
    assert left == list(range(34))
    np.testing.assert_allclose(
        answers(head, inputs, torch.arange(48, 60)).sum(axis=1), 1, atol=1e-5
    )


def test_the_mesh_finds_eyes_and_mouth_of_a_small_face() -> None:
    mesh.fetch()
    picture = draw_face("surprise", np.random.default_rng(1))
    gray = picture.mean(axis=2).astype(np.uint8)[::4, ::4]
    laid = mesh.Mesher().lay(np.ascontiguousarray(gray))
    assert laid.found
    assert laid.sure > mesh.BOUNDARY
    right, left = (laid.points[list(eye)].mean(axis=0) for eye in (EYES[:6], EYES[6:]))
    mouth = laid.points[[61, 291]].mean(axis=0)
    np.testing.assert_allclose(right, [0.40, 0.44], atol=0.06)
    np.testing.assert_allclose(left, [0.60, 0.44], atol=0.06)
    np.testing.assert_allclose(mouth, [0.50, 0.71], atol=0.08)


def counting(done: list[range], *, fail_at: int | None = None) -> Callable[[range], Arrays]:
    """Work that writes down what it did, and may be killed."""

    def work(span: range) -> dict[str, NDArray[np.int64]]:
        if span.start == fail_at:
            raise KeyboardInterrupt
        done.append(span)
        return {"square": np.array([n * n for n in span])}

    return work


def test_work_in_parts_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    squares = partial(in_parts, tmp_path / "x", title="squares", part=4)
    done: list[range] = []
    with pytest.raises(KeyboardInterrupt):
        squares("a", 10, counting(done, fail_at=8))
    result = squares("a", 10, counting(done))
    assert done == [range(4), range(4, 8), range(8, 10)]
    assert result["square"].tolist() == [n * n for n in range(10)]
    squares("another", 10, counting(done))
    assert len(done) == 6


def test_a_page_keeps_what_people_wrote(tmp_path: Path) -> None:
    page = tmp_path / "x.md"
    write_or_renew(page, "make x", "X", ["| 1 |"])
    page.write_text(page.read_text() + "\nWhat it means.\n")
    write_or_renew(page, "make x", "X", ["| 2 |"])
    assert page.read_text().startswith("# X\n")
    assert "| 2 |" in page.read_text()
    assert "| 1 |" not in page.read_text()
    assert page.read_text().endswith("What it means.\n")
    with pytest.raises(ValueError, match="no place for results"):
        renew(page, ("<!-- other -->", "<!-- /other -->"), [])
