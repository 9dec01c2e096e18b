"""Forms of one graph, on a network whose answers differ: of a barely trained one all agree."""

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from training.config import Config
from training.evaluate import Emotions
from training.export import Calibrated, float_graph, to_float16
from training.formats import OnnxEmotions, to_int8, to_onnx
from training.model import EmotionNet, standardise

CALIBRATION = 64


@pytest.fixture(scope="module")
def crops() -> NDArray[np.uint8]:
    """Smooth gray crops [96, 32, 32, 3]; the first `CALIBRATION` of them set ranges."""
    coarse = torch.from_numpy(np.random.default_rng(3).uniform(0, 255, (96, 1, 6, 6)))
    smooth = torch.nn.functional.interpolate(coarse, size=(32, 32), mode="bicubic").clamp(0, 255)
    gray = smooth.permute(0, 2, 3, 1).expand(-1, -1, -1, 3)
    return np.asarray(gray.numpy(), np.uint8)


@pytest.fixture(scope="module")
def lively(crops: NDArray[np.uint8]) -> Calibrated:
    """Random weights, normalised to these crops, with logits of deviation 2 around 0."""
    torch.manual_seed(1)
    network = EmotionNet(Config(size=32))
    gray = torch.from_numpy(crops[..., 0].copy())[:, None].float() / 255
    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None
    with torch.no_grad():
        network.train().layers(standardise(gray[:CALIBRATION]))
        network.eval()
        network.head.weight.mul_(2 / network(gray).std(dim=0)[:, None])
        network.head.bias.sub_(network(gray).mean(dim=0))
    nothing = np.zeros((1, 6), np.float32)
    return Calibrated(Config(size=32), network, 1, 1.0, nothing, np.zeros(1, np.int64))


def test_forms_agree_where_answers_differ(
    lively: Calibrated, crops: NDArray[np.uint8], tmp_path: Path
) -> None:
    full = float_graph(lively)
    known, shown = crops[:CALIBRATION], crops[CALIBRATION:]
    wanted = Emotions(full).predict(shown)
    assert (wanted.std(axis=0) > 0.15).all()
    to_onnx(lively, tmp_path / "x.onnx")
    np.testing.assert_allclose(OnnxEmotions(tmp_path / "x.onnx").predict(shown), wanted, atol=1e-3)
    half = Emotions(to_float16(full)).predict(shown)
    np.testing.assert_allclose(half, wanted, atol=0.05)
    assert (half.argmax(axis=1) == wanted.argmax(axis=1)).all()

    def gap(ranges_of: NDArray[np.uint8]) -> float:
        said = Emotions(to_int8(full, ranges_of)).predict(shown)
        np.testing.assert_allclose(said.sum(axis=1), 1, atol=1e-3)
        return float(np.abs(said - wanted).mean())

    # random layers multiply what rounding takes, so only the use of the ranges can be tested:
    # what int8 costs the shipped weights is measured by `formats`
    faint = (128 + (known.astype(np.float32) - 128) / 32).astype(np.uint8)
    assert gap(known) < 0.8 * gap(faint)
