"""What folders' names say, and which pictures are taken."""

import unicodedata
from pathlib import Path

import pytest

from today_feeling.domain.emotion import EMOTIONS
from training.data import PRIVATE_TEST, PUBLIC_TEST, TRAIN
from training.folders import WrongFolder, limited, person_of, scan
from training.labels import NAMES, is_other, label_of, split_of


def files(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"picture")
    return root


def named(label: int | None) -> str | None:
    return None if label is None else EMOTIONS[label]


@pytest.mark.parametrize(
    ("folder", "emotion"),
    [
        ("happy", "happiness"),
        ("0_Angry", "anger"),
        ("기쁨", "happiness"),
        ("[원천]EMOIMG_당황_TRAIN_01", "surprise"),
        ("EMOIMG_불안_VALID", "fear"),
        (unicodedata.normalize("NFD", "슬픔"), "sadness"),
        ("중립 (무표정)", "neutral"),
        ("faces", None),
        ("happy or sad", None),
        ("unhappy", None),
    ],
)
def test_a_folder_is_named_for_a_class(folder: str, emotion: str | None) -> None:
    assert named(label_of(folder)) == emotion


def test_every_class_has_names_in_both_languages_and_no_name_means_two() -> None:
    names = [name for emotion in EMOTIONS for name in NAMES[emotion]]
    assert len(names) == len(set(names))
    for emotion in EMOTIONS:
        assert any(name.isascii() for name in NAMES[emotion])
        assert any(not name.isascii() for name in NAMES[emotion])
        assert named(label_of(emotion)) == emotion


def test_classes_of_other_sets_are_known() -> None:
    assert is_other("[원천]EMOIMG_상처_TRAIN_01")
    assert is_other("disgust")
    assert not is_other("sad")


def test_folders_name_splits() -> None:
    assert split_of("Training") == TRAIN
    assert split_of("EMOIMG_기쁨_VALID") == PUBLIC_TEST
    assert split_of("평가") == PRIVATE_TEST
    assert split_of("train_test") is None


def test_the_nearest_folder_that_names_a_class_decides(tmp_path: Path) -> None:
    files(
        tmp_path, "disgust and others/train/anger/0.jpg", "sad/train/happy/1.jpg",
        "val/happy/disgust/3.jpg", "val/sad/session 3/2.png",
    )  # fmt: skip
    items, skipped = scan(tmp_path)
    assert [(named(item.label), item.split) for item in items] == [
        ("anger", TRAIN),
        ("happiness", TRAIN),
        ("sadness", PUBLIC_TEST),
    ]
    assert [(each.path.name, each.reason) for each in skipped] == [
        ("3.jpg", "class is none of the six")
    ]


def test_what_is_left_out_is_told_with_its_reason(tmp_path: Path) -> None:
    files(tmp_path, "sad/1.jpg", "sad/notes.json", "hurt/2.jpg", "other/3.jpg", "sad/.hidden.jpg")
    items, skipped = scan(tmp_path)
    assert [item.path.name for item in items] == ["1.jpg"]
    assert {each.path.name: each.reason for each in skipped} == {
        "notes.json": "not a picture",
        ".hidden.jpg": "not a picture",
        "2.jpg": "class is none of the six",
        "3.jpg": "no folder on its way names a class",
    }


def test_without_named_splits_people_are_dealt_always_alike_and_never_to_two(
    tmp_path: Path,
) -> None:
    people = [f"{number:032x}" for number in range(200)]
    for emotion in ("기쁨", "슬픔"):
        files(tmp_path, *(f"{emotion}/{person}_여_30_{emotion}_실내.jpg" for person in people))
    items, _ = scan(tmp_path)
    splits: dict[str, set[int]] = {}
    for item in items:
        splits.setdefault(person_of(item.path), set()).add(item.split)
    assert set(splits) == set(people)
    assert all(len(split) == 1 for split in splits.values())
    for split in (PUBLIC_TEST, PRIVATE_TEST):
        assert 20 < sum(item.split == split for item in items) < 70
    assert items == scan(tmp_path)[0]


def test_train_and_test_alone_still_give_a_public_test(tmp_path: Path) -> None:
    names = [f"{number}.jpg" for number in range(100)]
    files(tmp_path, *(f"train/sad/{name}" for name in names), "test/sad/x.jpg")
    counts = [sum(item.split == split for item in scan(tmp_path)[0]) for split in range(3)]
    assert counts[PUBLIC_TEST] > 2
    assert counts[PRIVATE_TEST] == 1


def test_a_wrong_folder_says_what_is_wanted_and_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(WrongFolder, match="no such folder"):
        scan(tmp_path / "missing")
    archive = tmp_path / "set.zip"
    archive.write_bytes(b"PK")
    with pytest.raises(WrongFolder, match="unpack"):
        scan(archive)
    with pytest.raises(WrongFolder, match=r"기쁨.*Here lie: holidays, set\.zip"):
        scan(files(tmp_path, "holidays/1.jpg"))


def test_a_limit_takes_as_many_of_each_class_and_split_spread_over_all(tmp_path: Path) -> None:
    names = [f"train/sad/{number:02}.jpg" for number in range(30)]
    files(tmp_path, *names, "train/happy/1.jpg", "val/sad/1.jpg")
    chosen = limited(scan(tmp_path)[0], 3)
    assert [item.path.as_posix() for item in chosen] == [
        "train/happy/1.jpg",
        *names[::10],
        "val/sad/1.jpg",
    ]
