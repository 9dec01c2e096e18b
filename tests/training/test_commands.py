"""The commands' examples, from drawn faces to a model with all its pages; each runs as printed."""

import json
import shlex
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from conftest import striped_faces, write_npz

from today_feeling.domain.emotion import EMOTIONS
from training import __main__ as program
from training import prepare, report_pages
from training.archive import save_archive
from training.board import board
from training.data import load
from training.evaluate import Emotions, as_crops, read_split, write_card
from training.explain import attention, explain
from training.export import calibrate
from training.model import EmotionNet

ORDER = ("sample", "prepare", "train", "export", "evaluate", "explain", "robustness", "formats",
         "personal", "landmarks", "ablate", "augmentation", "framing", "report")  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which all examples were run, one after the other."""
    folder = tmp_path_factory.mktemp("examples")
    threads = torch.get_num_threads()
    for name in ORDER:
        words = shlex.split(program.COMMANDS[name].example.replace("runs/", f"{folder}/runs/"))
        assert words[:3] == ["python", "-m", "training"]
        program.main(words[3:])
    torch.set_num_threads(threads)
    return folder / "runs"


def test_every_command_has_an_example_that_runs(place: Path) -> None:
    assert set(ORDER) == program.COMMANDS.keys()
    for written in (
        "drawn/train/행복/0000.png", "drawn.npz", "small/models/emotion.tflite",
        "small/figures/confusion.png", "small/figures/reliability.png",
        "small/figures/risk_coverage.png", "small/maps/gradcam.png",
        "small/robustness/robustness.md", "small/robustness/robustness.png",
        "small/formats/emotion_int8.tflite", "small/formats/emotion.onnx",
        "small/landmarks/landmarks.md", "small/landmarks/landmarks.png",
        "small/ablations/ablations.md", "small/augmentation/augmentation.md",
        "small/report/results.md",
    ):  # fmt: skip
        assert (place / written).stat().st_size > 0, written


@pytest.mark.parametrize("name", program.COMMANDS)
def test_every_command_explains_itself_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        program.main([name, "--help"])
    assert left.value.code == 0
    assert program.COMMANDS[name].example in capsys.readouterr().out


@pytest.mark.parametrize("name", program.COMMANDS)
def test_every_option_of_every_command_says_what_it_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked(Exception):
        """Ends the command where it would read what it was given."""

    seen: list[ArgumentParser] = []

    def parse_args(self: ArgumentParser, given: object = None) -> None:
        seen.append(self)
        raise Asked

    monkeypatch.setattr(ArgumentParser, "parse_args", parse_args)
    with pytest.raises(Asked):
        program.main([name])
    for each in seen[0]._actions:
        text = (each.help or "").replace("%(default)s", "").strip(" ()")
        assert len(text) > 4, each.option_strings


def test_an_unknown_command_is_told_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        program.main(["trian"])
    assert left.value.code == 2
    assert "prepare" in capsys.readouterr().err
    program.main(["--help"])
    assert "robustness" in capsys.readouterr().out


def test_all_forms_take_the_same_crops_and_give_probabilities(place: Path) -> None:
    faces = load([place / "drawn.npz"])
    forms = json.loads((place / "small/formats/formats.json").read_text())
    crops = as_crops(faces.images[:8], 32)
    folder = place / "small/formats"
    full = Emotions((folder / "emotion_float32.tflite").read_bytes()).predict(crops)
    half = Emotions((folder / "emotion.tflite").read_bytes()).predict(crops)
    int8 = Emotions((folder / "emotion_int8.tflite").read_bytes()).predict(crops)
    session = onnxruntime.InferenceSession(str(folder / "emotion.onnx"))
    onnx = np.concatenate([session.run(None, {"crop": crop[None]})[0] for crop in crops])
    assert session.get_inputs()[0].type == "tensor(uint8)"
    np.testing.assert_allclose(onnx, full, atol=1e-4)
    np.testing.assert_allclose(half, full, atol=5e-3)
    np.testing.assert_allclose(int8.sum(axis=1), 1, atol=1e-3)
    assert forms["int8, LiteRT"]["bytes"] < 0.35 * forms["float32, LiteRT"]["bytes"]


def test_attention_lies_where_the_answer_comes_from() -> None:
    class Corner(torch.nn.Module):
        """Class 1 is how bright the upper left quarter is, class 0 the rest."""

        def __init__(self) -> None:
            super().__init__()
            self.spot = torch.nn.Conv2d(1, 2, 1, bias=False)
            torch.nn.init.ones_(self.spot.weight)

        def forward(self, gray: torch.Tensor) -> torch.Tensor:
            half = gray.shape[-1] // 2
            there = torch.zeros_like(gray)
            there[..., :half, :half] = 1
            maps = self.spot(torch.cat([gray * there], dim=1))
            result: torch.Tensor = maps.mean(dim=(2, 3)) * torch.tensor([-1.0, 1.0])
            return result

    network: Any = Corner()
    maps = attention(network, torch.rand(3, 1, 16, 16), torch.ones(3, dtype=torch.int64))
    assert maps.shape == (3, 16, 16)
    assert maps.amax(dim=(1, 2)).tolist() == pytest.approx([1, 1, 1])
    assert maps[:, 9:, :].max() == 0
    against = attention(network, torch.rand(3, 1, 16, 16), torch.zeros(3, dtype=torch.int64))
    assert against.max() == 0


def test_attention_changes_nothing_in_the_network(place: Path) -> None:
    network = calibrate(place / "small").network
    gray = torch.rand(2, 1, 32, 32)
    with torch.no_grad():
        before = network(gray)
    attention(network, gray.clone(), torch.tensor([0, 5]))
    with torch.no_grad():
        torch.testing.assert_close(network(gray), before)
    assert isinstance(network, EmotionNet)
    assert all(value.grad is None for value in network.parameters())


def test_single_pictures_are_only_shown_when_asked_for(place: Path, tmp_path: Path) -> None:
    faces = load([place / "drawn.npz"])
    shares = explain(place / "small", faces, tmp_path, at_most=4, examples=0)
    assert not (tmp_path / "gradcam_examples.png").exists()
    explain(place / "small", faces, tmp_path, at_most=4, examples=1)
    assert (tmp_path / "gradcam_examples.png").exists()
    assert set(shares) <= set(EMOTIONS)
    for zones in shares.values():
        assert 0 <= sum(zones.values()) <= 1.001


def test_the_report_renews_the_card_and_only_its_own_part_of_the_page(
    place: Path, tmp_path: Path
) -> None:
    page = tmp_path / "emotion.md"
    begin, end = report_pages.MARKS
    page.write_text(f"# Card\n\nby a person\n\n{begin}\nbefore\n{end}\n\nthe end\n")
    written = place / "small/report"  # by the example: to measure it all again would take long
    result = json.loads((written / "results.json").read_text())
    card = json.loads((place / "small/models/emotion.json").read_text())
    robustness = json.loads((written / f"robustness-{card['version']}.json").read_text())
    report_pages.renew_card_page(page, card, result, robustness)
    assert page.read_text().startswith("# Card\n\nby a person\n\n<!-- measured")
    assert page.read_text().endswith(f"{end}\n\nthe end\n")
    assert "\nbefore\n" not in page.read_text()
    for seen in ("frames", "still pictures"):
        pictures = card["metrics"]["public_test"]["pictures"]
        assert f"| public test (chosen on), {seen} | {pictures} |" in page.read_text()
    assert "private test" not in page.read_text()
    assert "| darkest third |" in page.read_text()
    whole = report_pages.results_page(card, result)
    for name in ("confusion.png", "reliability.png", "risk_coverage.png", "gradcam.png"):
        assert name in whole
        assert (written / name).exists()
    assert "int8" in whole
    assert "Chromium" not in whole
    browser = {result["forms"]["int8, LiteRT"]["sha256"]: {"quick": 98.7}, "another": {}}
    (row,) = (
        line
        for line in report_pages.results_page(card, result, browser).splitlines()
        if line.startswith("| int8")
    )
    assert row.endswith("| 98.7 |")


def write_what_belongs_elsewhere(place: Path, folder: Path) -> dict[str, tuple[str, str]]:
    """Values that `report` must refuse for options of its example, and what it says of each."""
    write_npz(striped_faces(), folder / "other.npz")
    np.savez(folder / "golden.npz", crops=np.zeros((2, 80, 80, 3), np.uint8))
    (folder / "before.json").write_text(json.dumps({"pictures": 300}))
    run = folder / "run"
    run.mkdir()
    (run / "config.json").write_bytes((place / "small/config.json").read_bytes())
    kept = torch.load(place / "small/best.pt", weights_only=True)
    kept["weights"]["head.bias"] += torch.arange(6.0)
    torch.save(kept, run / "best.pt")
    return {
        "--data": (str(folder / "other.npz"), "of a public test of 24 pictures"),
        "--golden": (str(folder / "golden.npz"), "the model takes (32, 32, 3)"),
        "--run": (str(run), "is not the run of this model"),
        "--before": (str(folder / "before.json"), "is of 300 pictures, this would be of 24"),
    }


def test_a_report_on_what_does_not_belong_together_is_refused_and_changes_nothing(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = (place / "small/models/emotion.json").read_bytes()
    example = program.COMMANDS["report"].example.replace("runs/", f"{place}/")
    for option, (value, said) in write_what_belongs_elsewhere(place, tmp_path).items():
        words = [*shlex.split(example)[3:], option, value, "--out", str(tmp_path / "out")]
        with pytest.raises(SystemExit):
            program.main(words)
        assert said in capsys.readouterr().err, option
        assert not (tmp_path / "out").exists(), option
    assert (place / "small/models/emotion.json").read_bytes() == card


def test_a_card_page_without_a_place_for_results_is_refused(tmp_path: Path) -> None:
    card = json.loads((prepare.MODELS / "emotion.json").read_text())
    (tmp_path / "emotion.md").write_text("# Card\n")
    with pytest.raises(ValueError, match="no place for results"):
        report_pages.renew_card_page(tmp_path / "emotion.md", card, {}, None)


def test_only_the_public_test_chooses_the_threshold(place: Path, tmp_path: Path) -> None:
    model = place / "small/models/emotion.tflite"
    card = tmp_path / "emotion.json"
    old = json.loads(model.with_suffix(".json").read_text())
    old["thresholds"]["unsure"] = 0.123
    card.write_text(json.dumps(old))
    faces = load([place / "drawn.npz"])
    for split, kept in (("private_test", True), ("public_test", False)):
        read = read_split(model.read_bytes(), faces, split)
        write_card(card, split, *read, faces.copies)
        written = json.loads(card.read_text())
        assert (written["thresholds"]["unsure"] == 0.123) == kept
        assert written["metrics"][split]["pictures"] == 24


def test_tensorboard_gets_every_number_of_every_pass(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import (
        EventAccumulator,
    )

    on_pass = board(tmp_path)
    on_pass({"pass": 1, "loss": 1.5, "public_test_accuracy": 0.5})
    on_pass({"pass": 2, "loss": 1.0, "public_test_accuracy": 0.75})
    events = EventAccumulator(str(tmp_path))
    events.Reload()
    assert [(each.step, each.value) for each in events.Scalars("loss")] == [(1, 1.5), (2, 1.0)]
    assert events.Scalars("public_test_accuracy")[1].value == 0.75


def test_an_archive_holds_the_pictures_names(place: Path, tmp_path: Path) -> None:
    faces = load([place / "drawn.npz"])
    save_archive(tmp_path / "x.npz", faces, [str(row) for row in range(len(faces.images))])
    with np.load(place / "drawn.npz") as archive:
        assert archive["names"][0].startswith("test/")
