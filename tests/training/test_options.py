"""What each option of a run changes: labels, sampling, blending, teachers, augmentation."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from conftest import striped_faces

from today_feeling.domain.emotion import EMOTIONS
from training.answers import logits_of, taught
from training.augment import resize
from training.config import Config
from training.data import VOTE_COLUMNS
from training.examples import Examples, prepare
from training.loop import drawn, seen
from training.model import EmotionNet

FEAR = EMOTIONS.index("fear")
ALL = torch.arange(16)


@pytest.fixture
def examples() -> Examples:
    """The tiny world, where a fifth of what people saw in anger was fear."""
    faces = striped_faces()
    faces.votes[::6, VOTE_COLUMNS.index("anger")] = 8
    faces.votes[::6, VOTE_COLUMNS.index("fear")] = 2
    return prepare(faces, balance=0.0)


def test_hard_labels_are_what_most_people_saw(examples: Examples) -> None:
    faces = striped_faces()
    faces.votes[::6, VOTE_COLUMNS.index("fear")] = 2
    hard = prepare(faces, balance=0.0, hard=True)
    assert examples.target[0].tolist() == pytest.approx([0.8, 0.2, 0, 0, 0, 0])
    assert hard.target[0].tolist() == [1, 0, 0, 0, 0, 0]


def test_even_sampling_draws_a_rare_class_as_often_as_the_others() -> None:
    target = torch.eye(6)[torch.tensor([0] * 950 + [FEAR] * 50)]
    examples = Examples(torch.zeros(1000, 4, 4), target, torch.ones(1000))
    torch.manual_seed(1)
    plain, even = (target[drawn(examples, power), FEAR].mean() for power in (0.0, 1.0))
    assert plain == pytest.approx(0.05)
    assert even == pytest.approx(0.5, abs=0.06)
    assert sorted(drawn(examples, 0.0).tolist()) == list(range(1000))


def test_mixup_blends_pictures_and_targets_by_the_same_share() -> None:
    pictures = torch.zeros(16, 8, 8, dtype=torch.uint8)
    pictures[8:] = 255
    target = torch.eye(6)[torch.tensor([0] * 8 + [1] * 8)]
    config = Config(size=8, mixup=1.0, augmented=False)
    torch.manual_seed(2)
    views, mixed, _ = seen(Examples(pictures, target, torch.ones(16)), ALL, config)
    torch.testing.assert_close(views.mean(dim=(1, 2, 3)), mixed[:, 1])
    assert ((mixed[:, 1] > 0.05) & (mixed[:, 1] < 0.95)).any()


def test_without_camera_effects_pictures_are_only_mirrored(examples: Examples) -> None:
    views, target, weight = seen(examples, ALL, Config(size=48, augmented=False))
    plain = resize(examples.pictures[ALL], 48)
    as_they_are = (views == plain).flatten(1).all(dim=1)
    mirrored = (views == plain.flip(3)).flatten(1).all(dim=1)
    assert (as_they_are ^ mirrored).all()
    assert as_they_are.any()
    assert mirrored.any()
    assert torch.equal(target, examples.target[ALL])
    assert torch.equal(weight, examples.weight[ALL])


def test_teachers_answers_are_their_share_of_the_target(
    examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(
        examples, pictures=examples.pictures[:16], target=examples.target[:16],
        weight=examples.weight[:16],
    )  # fmt: skip
    answers, runs = [], []
    for seed in (1, 2):
        torch.manual_seed(seed)
        network = EmotionNet(Config(size=32))
        run = tmp_path / str(seed)
        run.mkdir()
        Config(size=32).save(run / "config.json")
        torch.save({"weights": network.state_dict()}, run / "best.pt")
        answers.append(logits_of(network, few.pictures, 32).softmax(dim=1))
        runs.append(run)
    expected = 0.25 * few.target + 0.75 * torch.stack(answers).mean(dim=0)
    kept = tmp_path / "teachers.pt"
    torch.testing.assert_close(taught(few, runs, 0.75, kept).target, expected)
    with monkeypatch.context() as patched:
        patched.delattr("training.answers.answers")  # a run that goes on does not ask them again
        torch.testing.assert_close(taught(few, runs, 0.75, kept).target, expected)
    second = 0.25 * few.target + 0.75 * answers[1]
    torch.testing.assert_close(taught(few, runs[1:], 0.75, kept).target, second)
    fewer = replace(few, pictures=few.pictures[::2], target=few.target[::2])
    torch.testing.assert_close(taught(fewer, runs[1:], 0.75, kept).target, second[::2])
