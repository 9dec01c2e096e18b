"""One tiny run from data to card: train, be killed, resume, export, evaluate."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from conftest import striped_faces, write_csv_pair

from today_feeling.domain.emotion import EMOTIONS
from training import evaluate as evaluation
from training import export as exporting
from training import train as training
from training.config import Config
from training.data import load, targets
from training.evaluate import Emotions, read_split
from training.examples import prepare
from training.export import calibrate, export, largest_gap, probe_crops
from training.loop import learning_rate
from training.metrics import measure
from training.model import EmotionNet, ShippedGraph
from training.origin import origin_of
from training.train import train


class Killed(Exception):
    """Stands for a process that ends in the middle of a pass."""


def weights_of(network: EmotionNet) -> torch.Tensor:
    return torch.cat([value.double().flatten() for value in network.state_dict().values()])


def log_of(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, tiny: Config) -> tuple[Path, EmotionNet]:
    """A run that nobody interrupted."""
    out = tmp_path_factory.mktemp("whole")
    return out, train(striped_faces(), tiny, out)


@pytest.fixture(scope="module")
def shipped(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[Path, EmotionNet]
) -> tuple[Path, dict[str, Any]]:
    """The model and card of that run, exported over a card whose crop contract is known."""
    models = tmp_path_factory.mktemp("models")
    (models / "emotion.json").write_text(json.dumps({"name": "old", "crop": {"eyes": [1, 2]}}))
    path = export(whole[0], models, "9.9.9")
    return path, json.loads((models / "emotion.json").read_text())


def test_a_killed_run_resumes_and_ends_with_the_same_weights(
    whole: tuple[Path, EmotionNet], tiny: Config, tmp_path: Path
) -> None:
    def kill_in_second_pass(step: int) -> None:
        if step == 17:
            raise Killed

    with pytest.raises(Killed):
        train(striped_faces(), tiny, tmp_path, on_step=kill_in_second_pass)
    steps: list[int] = []
    resumed = train(striped_faces(), tiny, tmp_path, on_step=steps.append)
    assert steps == list(range(13, 25))
    assert torch.equal(weights_of(resumed), weights_of(whole[1]))
    assert [line["pass"] for line in log_of(tmp_path)] == [1, 2]


def test_a_run_without_resume_starts_afresh(tiny: Config, tmp_path: Path) -> None:
    steps: list[int] = []

    def kill_in_second_pass(step: int) -> None:
        steps.append(step)
        if step == 13:
            raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            train(striped_faces(), tiny, tmp_path, resume=False, on_step=kill_in_second_pass)
    assert steps == [*range(1, 14), *range(1, 14)]


def test_early_passes_see_smaller_pictures_and_are_never_exported(
    tiny: Config, tmp_path: Path
) -> None:
    config = replace(tiny, size=48, early_size=32, early_passes=1)
    train(striped_faces(), config, tmp_path)
    assert [line["size"] for line in log_of(tmp_path)] == [32, 48]
    assert calibrate(tmp_path).best_pass == 2


def test_a_run_begins_with_an_earlier_runs_best_weights_even_at_another_size(
    whole: tuple[Path, EmotionNet], tiny: Config, tmp_path: Path
) -> None:
    kept = torch.load(whole[0] / "best.pt", weights_only=True)["weights"]

    frozen = replace(tiny, size=48, learning_rate=0.0, passes=1)
    further = train(striped_faces(), frozen, tmp_path, start_from=whole[0])
    for name, parameter in further.named_parameters():
        assert torch.allclose(parameter, kept[name], atol=1e-6), name


def test_the_origin_of_a_run_reaches_back_over_the_run_it_began_with(
    whole: tuple[Path, EmotionNet], tiny: Config, tmp_path: Path
) -> None:
    further = replace(tiny, size=48, passes=1, distill=0.1)
    train(striped_faces(), further, tmp_path, start_from=whole[0], teachers=[whole[0]])
    first = {"data": "stripes", "size": 32, "passes": 2}
    origin = origin_of(tmp_path)
    earlier, own = origin["stages"]
    assert origin["start"] == "random weights"
    assert earlier == first | {"best_pass": calibrate(whole[0]).best_pass}
    assert own == {
        "data": "stripes", "size": 48, "passes": 1, "best_pass": 1, "teachers": [whole[0].name],
    }  # fmt: skip


def test_a_run_that_noted_no_origin_claims_none(
    whole: tuple[Path, EmotionNet], tmp_path: Path
) -> None:
    for name in ("config.json", "best.pt"):
        (tmp_path / name).write_bytes((whole[0] / name).read_bytes())
    origin = origin_of(tmp_path)
    assert origin["start"] == origin["stages"][0]["data"] == "not recorded"


def test_a_run_learns(whole: tuple[Path, EmotionNet]) -> None:
    first, second = log_of(whole[0])
    assert second["loss"] < 0.75 * first["loss"]


def test_rare_classes_weigh_more_in_the_loss() -> None:
    faces = striped_faces()
    rare = np.flatnonzero((np.arange(192) % 6 == EMOTIONS.index("fear")) & (np.arange(192) > 30))
    faces.votes[rare] = faces.votes[0]
    share = targets(faces.votes)[1]
    examples = prepare(faces, balance=0.5)
    fear = examples.target[:, EMOTIONS.index("fear")] == 1
    anger = examples.target[:, EMOTIONS.index("anger")] == 1
    assert share[:192] == pytest.approx(0.8)
    assert examples.weight[fear].mean() > 2 * examples.weight[anger].mean()
    assert examples.weight.mean().item() == pytest.approx(1, abs=1e-5)


def test_learning_rate_rises_to_the_peak_and_falls_to_nothing() -> None:
    config = Config(learning_rate=1.0, warmup=0.2)
    rates = [learning_rate(step, 100, config) for step in range(100)]
    assert rates.index(max(rates)) == pytest.approx(20, abs=1)
    assert max(rates) == pytest.approx(1)
    assert rates[0] < 0.1
    assert rates[-1] < 0.01


def test_shipped_graph_agrees_with_pytorch_including_the_temperature(
    whole: tuple[Path, EmotionNet], shipped: tuple[Path, dict[str, Any]], tiny: Config
) -> None:
    known = calibrate(whole[0])
    model = shipped[0].read_bytes()
    crops = probe_crops(tiny.size)
    assert abs(known.temperature - 1) > 0.01
    assert largest_gap(ShippedGraph(known.network, known.temperature).eval(), model, crops) < 1e-3
    assert largest_gap(ShippedGraph(known.network, 1.0).eval(), model, crops) > 1e-3


def test_shipped_graph_takes_uint8_crops_and_gives_probabilities(
    shipped: tuple[Path, dict[str, Any]], tiny: Config
) -> None:
    emotions = Emotions(shipped[0].read_bytes())
    assert emotions.size == tiny.size
    answers = emotions.predict(probe_crops(tiny.size))
    assert answers.shape == (16, 6)
    assert answers.dtype == np.float32
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)


def test_card_states_the_contract_of_the_file_beside_it(
    shipped: tuple[Path, dict[str, Any]], tiny: Config
) -> None:
    path, card = shipped
    assert card["labels"] == list(EMOTIONS)
    assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert card["bytes"] == path.stat().st_size <= 16_000_000
    assert card["input"] == {
        "width": tiny.size, "height": tiny.size, "colour": "RGB", "dtype": "uint8",
        "layout": "NHWC",
    }  # fmt: skip
    assert card["version"] == "9.9.9"
    assert 0 <= card["thresholds"]["unsure"] < 1
    assert card["metrics"]["private_test"] is None
    assert card["training"]["start"] == "random weights"
    assert [stage["data"] for stage in card["training"]["stages"]] == ["stripes"]


def test_export_keeps_the_crop_contract_of_an_older_card(
    shipped: tuple[Path, dict[str, Any]],
) -> None:
    assert shipped[1]["crop"] == {"eyes": [1, 2]}


def test_a_first_export_takes_the_crop_contract_of_the_shipped_card(
    whole: tuple[Path, EmotionNet], tmp_path: Path
) -> None:
    exporting.main(["--run", str(whole[0]), "--out", str(tmp_path), "--version", "1.2.3"])
    known = json.loads((exporting.SHIPPED / "emotion.json").read_text())["crop"]
    card = json.loads((tmp_path / "emotion.json").read_text())
    assert card["crop"] == known
    assert card["version"] == "1.2.3"


def test_an_export_without_a_version_is_refused(
    whole: tuple[Path, EmotionNet], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        exporting.main(["--run", str(whole[0]), "--out", str(tmp_path)])
    assert "--version" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_private_test_result_is_written_into_the_card_through_the_shipped_file(
    shipped: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    model, card = tmp_path / "emotion.tflite", tmp_path / "emotion.json"
    model.write_bytes(shipped[0].read_bytes())
    card.write_text(json.dumps(shipped[1]))
    write_csv_pair(striped_faces(), tmp_path)
    split = ["--split", "private_test"]
    evaluation.main(["--model", str(model), "--data", str(tmp_path), *split, "--write"])
    written = json.loads(card.read_text())
    measured = measure(*read_split(model.read_bytes(), load([tmp_path]), "private_test"))
    assert written["metrics"]["private_test"]["accuracy"] == round(measured.accuracy, 4)
    assert written["metrics"]["private_test"]["pictures"] == 48
    assert written["metrics"]["public_test"] == shipped[1]["metrics"]["public_test"]


def test_the_private_test_is_only_read_when_it_is_named(
    shipped: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv_pair(striped_faces(), tmp_path)
    evaluation.main(["--model", str(shipped[0]), "--data", str(tmp_path)])
    assert capsys.readouterr().out.startswith("public_test ")


@pytest.mark.parametrize(
    ("main", "option"),
    [(training.main, "--resume"), (evaluation.main, "--split"), (exporting.main, "--version")],
)
def test_every_command_explains_itself(
    main: Callable[[list[str]], None], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert option in capsys.readouterr().out
