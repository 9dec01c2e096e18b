"""Reading FER+, the vote rule, and which rows are scored."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import votes_for, write_csv_pair, write_npz

from today_feeling.domain.emotion import EMOTIONS
from training.data import (
    FER_PLUS,
    PRIVATE_TEST,
    PUBLIC_TEST,
    VOTE_COLUMNS,
    Faces,
    exact_copies,
    load,
    scored_rows,
    targets,
    training_rows,
)


def test_target_is_the_renormalised_distribution_over_the_six() -> None:
    distribution, weight, kept = targets(votes_for(anger=3, sadness=1, disgust=4, contempt=2))
    by_name = dict(zip(EMOTIONS, distribution[0].tolist(), strict=True))
    assert by_name == {
        "anger": 0.75, "fear": 0, "happiness": 0, "neutral": 0, "sadness": 0.25, "surprise": 0,
    }  # fmt: skip
    assert kept[0]
    assert weight[0] == pytest.approx(0.4)


def test_rows_that_people_did_not_see_as_a_face_of_the_six_are_dropped() -> None:
    dropped = np.concatenate(
        [
            votes_for(NF=6, happiness=4),
            votes_for(unknown=6, happiness=4),
            votes_for(disgust=5, contempt=5),
            votes_for(),
        ]
    )
    distribution, weight, kept = targets(dropped)
    assert not kept.any()
    assert not weight.any()
    assert not distribution.any()


def test_a_disgust_plurality_with_votes_for_the_six_is_learned_from() -> None:
    _, weight, kept = targets(votes_for(disgust=6, anger=4))
    assert kept[0]
    assert weight[0] == pytest.approx(0.4)


def test_training_rows_are_pictures_of_the_train_split_only(faces: Faces) -> None:
    has_image = faces.has_image.copy()
    has_image[5] = False
    votes = faces.votes.copy()
    votes[7] = votes_for(NF=10)
    rows = training_rows(replace(faces, has_image=has_image, votes=votes))
    assert set(range(192)) - set(rows.tolist()) == {5, 7}
    assert rows.max() < 192


def test_scored_rows_follow_the_protocol(faces: Faces) -> None:
    has_image, copy_of = faces.has_image.copy(), faces.copy_of_row.copy()
    votes = faces.votes.copy()
    has_image[240] = False
    copy_of[241] = 3
    votes[242] = votes_for(anger=5, happiness=5)
    votes[243] = votes_for(contempt=6, neutral=4)
    votes[244] = votes_for(neutral=5, disgust=5)
    votes[245] = votes_for(neutral=4, disgust=3, fear=3)
    rows, labels = scored_rows(
        replace(faces, has_image=has_image, copy_of_row=copy_of, votes=votes), PRIVATE_TEST
    )
    assert rows.tolist() == list(range(245, 288))
    assert EMOTIONS[labels[0]] == "neutral"
    assert labels[1:].tolist() == [row % 6 for row in range(246, 288)]


def test_the_two_test_splits_are_kept_apart(faces: Faces) -> None:
    assert scored_rows(faces, PUBLIC_TEST)[0].tolist() == list(range(192, 240))


def test_npz_and_csv_pair_read_the_same(faces: Faces, tmp_path: Path) -> None:
    packed = load([write_npz(faces, tmp_path / "some.npz")])
    pair = load([write_csv_pair(faces, tmp_path)])
    named = load([tmp_path / "fer2013new.csv", tmp_path / "fer2013.csv"])
    assert packed.source == pair.source == FER_PLUS
    for other in (pair, named):
        for name in ("images", "usage", "votes", "has_image", "copy_of_row"):
            np.testing.assert_array_equal(getattr(packed, name), getattr(other, name), name)


def test_csv_pair_without_its_partner_says_what_is_missing(faces: Faces, tmp_path: Path) -> None:
    write_csv_pair(faces, tmp_path)
    (tmp_path / "fer2013new.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"fer2013new\.csv"):
        load([tmp_path])


def test_csv_files_of_different_order_are_refused(faces: Faces, tmp_path: Path) -> None:
    write_csv_pair(faces, tmp_path)
    table = tmp_path / "fer2013new.csv"
    table.write_text(table.read_text().replace("Training", "PublicTest", 1))
    with pytest.raises(ValueError, match="line 2"):
        load([tmp_path])


def test_pixel_identical_pictures_of_earlier_splits_are_copies() -> None:
    images = np.zeros((5, 2, 2), dtype=np.uint8)
    images[:, 0, 0] = [1, 2, 1, 1, 3]
    usage = np.array([2, 1, 0, 1, 0])
    assert exact_copies(images, usage).tolist() == [2, -1, -1, 2, -1]


def test_repetitions_inside_a_split_are_no_copies() -> None:
    images = np.full((2, 2, 2), 7, dtype=np.uint8)
    assert exact_copies(images, np.array([1, 1])).tolist() == [-1, -1]


def test_a_black_row_of_the_csv_has_no_picture(faces: Faces, tmp_path: Path) -> None:
    images = faces.images.copy()
    images[9] = 0
    assert not load([write_csv_pair(replace(faces, images=images), tmp_path)]).has_image[9]


def test_vote_columns_name_all_six_classes() -> None:
    assert set(EMOTIONS) < set(VOTE_COLUMNS)
