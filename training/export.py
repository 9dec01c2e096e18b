"""Turn a finished run into what ships: `emotion.tflite` and its card, with parity proven.

Scaling, gray conversion, standardisation, calibration temperature and softmax are inside the
graph, so that every client hands over the same raw uint8 crop. Weights of most convolutions are
stored as float16 (half the download) and computed with as float32. The file is written only when
the interpreter that ships (LiteRT) and PyTorch agree.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import litert_torch
import numpy as np
import torch
from ai_edge_quantizer import qtyping, quantizer
from ai_edge_quantizer.algorithm_manager import AlgorithmName
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.vision.card import check_picture
from training.config import Config
from training.data import VOTE_RULE
from training.evaluate import Emotions, as_card_entry
from training.metrics import measure
from training.model import EmotionNet, ShippedGraph, fit_temperature
from training.origin import Json, origin_of
from training.selective import threshold_entry

NAME = "emotion"
SHIPPED = Path(__file__).parents[1] / "models"
LARGEST_FLOAT32_GAP = 1e-4
LARGEST_FLOAT16_GAP = 5e-3
"""Largest allowed difference of any probability between PyTorch and the graph."""
LARGEST_BYTES = 16_000_000


@dataclass(frozen=True)
class Calibrated:
    """A trained network and what the public test says about it."""

    config: Config
    network: EmotionNet
    best_pass: int
    temperature: float
    probabilities: NDArray[np.float32]
    """[M, 6], public test, tempered."""
    labels: NDArray[np.int64]
    """[M]."""


def calibrate(run: Path) -> Calibrated:
    """Read the best weights of a run and fit the temperature on its public-test logits."""
    config = Config.load(run / "config.json")
    kept = torch.load(run / "best.pt", map_location="cpu", weights_only=True)
    network = EmotionNet(config)
    network.load_state_dict(kept["weights"])
    network.eval()
    logits, labels = kept["public_logits"], kept["public_labels"]
    temperature = fit_temperature(logits, labels)
    probabilities = torch.softmax(logits / temperature, dim=1).numpy()
    return Calibrated(config, network, kept["pass"], temperature, probabilities, labels.numpy())


def probe_crops(size: int, count: int = 16) -> NDArray[np.uint8]:
    """Colour crops [count, size, size, 3] to compare on: smooth shapes, noise, flat, extremes."""
    random = np.random.default_rng(7)
    coarse = torch.from_numpy(random.uniform(0, 255, (count, 3, 6, 6)))
    smooth = torch.nn.functional.interpolate(coarse, size=(size, size), mode="bicubic")
    crops = smooth.clamp(0, 255).permute(0, 2, 3, 1).numpy().astype(np.uint8)
    crops[0], crops[1], crops[2] = 0, 255, 128
    crops[3] = random.integers(0, 256, crops[3].shape)
    return crops


def largest_gap(graph: ShippedGraph, model: bytes, crops: NDArray[np.uint8]) -> float:
    """Largest difference of any probability between PyTorch and LiteRT over the crops."""
    with torch.no_grad():
        expected = np.concatenate([graph(torch.from_numpy(crop[None])).numpy() for crop in crops])
    return float(np.abs(Emotions(model).predict(crops) - expected).max())


def to_float16(model: bytes) -> bytes:
    """Store the weights of convolutions as float16, but for the depthwise ones.

    Those are a fiftieth of the weights and make nearly all of the difference: of a network that
    starts from `face_weights`, up to 0.017 of a probability with them and 0.0006 without.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float32.tflite"
        source.write_bytes(model)
        shrinker = quantizer.Quantizer(str(source))
        shrinker.update_quantization_recipe(
            regex=".*",
            operation_name=qtyping.TFLOperationName.CONV_2D,
            op_config=qtyping.OpQuantizationConfig(
                weight_tensor_config=qtyping.TensorQuantizationConfig(
                    num_bits=16, dtype=qtyping.TensorDataType.FLOAT
                ),
                compute_precision=qtyping.ComputePrecision.FLOAT,
                explicit_dequantize=True,
            ),
            algorithm_key=AlgorithmName.FLOAT_CASTING,
        )
        return bytes(shrinker.quantize().quantized_model)


def float_graph(calibrated: Calibrated) -> bytes:
    """The shipped graph as a .tflite with float32 weights."""
    size = calibrated.config.size
    graph = ShippedGraph(calibrated.network, calibrated.temperature).eval()
    sample = (torch.zeros(1, size, size, 3, dtype=torch.uint8),)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.tflite"
        litert_torch.convert(graph, sample).export(str(path))
        return path.read_bytes()


def convert(calibrated: Calibrated) -> tuple[bytes, dict[str, float]]:
    """Build the .tflite and prove parity; returns it with the gaps that were found.

    Raises `RuntimeError` where it disagrees with PyTorch, or is larger than `LARGEST_BYTES`.
    """
    full = float_graph(calibrated)
    half = to_float16(full)
    graph = ShippedGraph(calibrated.network, calibrated.temperature).eval()
    crops = probe_crops(calibrated.config.size)
    gaps = {"float32": largest_gap(graph, full, crops), "shipped": largest_gap(graph, half, crops)}
    if gaps["float32"] > LARGEST_FLOAT32_GAP or gaps["shipped"] > LARGEST_FLOAT16_GAP:
        raise RuntimeError(f"the exported graph disagrees with PyTorch: {gaps}")
    if len(half) > LARGEST_BYTES:
        raise RuntimeError(f"the exported graph has {len(half)} bytes, more than {LARGEST_BYTES}")
    return half, gaps


def checked(model: bytes, size: int) -> list[float]:
    """What the shipped graph says to the check picture; the browser compares."""
    said = Emotions(model).predict(check_picture(size)[None])[0]
    return [float(f"{value:.5g}") for value in said]


def make_card(
    calibrated: Calibrated,
    model: bytes,
    gaps: dict[str, float],
    *,
    version: str,
    crop: Any,
    origin: Json,
) -> Json:
    """Say everything about the model that a client or a reader needs."""
    config = calibrated.config
    threshold, choice = threshold_entry(calibrated.probabilities, calibrated.labels)
    return {
        "name": NAME,
        "version": version,
        "file": f"{NAME}.tflite",
        "sha256": hashlib.sha256(model).hexdigest(),
        "bytes": len(model),
        "parameters": sum(parameter.numel() for parameter in calibrated.network.parameters()),
        "architecture": "MobileNet (v1), one gray channel, float16 weights",
        "input": {
            "width": config.size,
            "height": config.size,
            "colour": "RGB",
            "dtype": "uint8",
            "layout": "NHWC",
        },
        "labels": list(EMOTIONS),
        "temperature": round(calibrated.temperature, 4),
        "thresholds": {"unsure": threshold},
        "threshold_choice": choice,
        "crop": crop,
        "check": [checked(model, config.size)],
        "parity": {name: float(f"{gap:.1e}") for name, gap in gaps.items()},
        "training": {"rule": VOTE_RULE, **origin},
        "protocol": (
            "rows with a picture, without copies of earlier splits, whose plurality over all ten "
            "vote columns is one of the six labels by a unique maximum; ECE over 15 bins"
        ),
        "metrics": {
            "public_test": as_card_entry(measure(calibrated.probabilities, calibrated.labels)),
            "private_test": None,
        },
        "licence": (
            "Apache-2.0 for code and weights; the rights in the training pictures are unclear, "
            "and they are not distributed"
        ),
    }


def export(run: Path, models: Path, version: str) -> Path:
    """Write the model and its card into `models`, which is made.

    The crop contract says how faces are framed in the pictures that the network learned from. It
    is taken from the card that is there already, else from the one that ships, by which `prepare`
    cuts, and which was measured on FER.

    Raises
    ------
    OSError
        The run has no kept weights, or `models` cannot be written.
    RuntimeError
        See `convert`; nothing is written then.
    """
    models.mkdir(parents=True, exist_ok=True)
    card_path = models / f"{NAME}.json"
    earlier = card_path if card_path.exists() else SHIPPED / f"{NAME}.json"
    calibrated = calibrate(run)
    model, gaps = convert(calibrated)
    card = make_card(
        calibrated, model, gaps, version=version, origin=origin_of(run),
        crop=json.loads(earlier.read_text()).get("crop"),
    )  # fmt: skip
    (models / f"{NAME}.tflite").write_bytes(model)
    card_path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(f"{len(model)} bytes, temperature {calibrated.temperature:.3f}, largest gaps {gaps}")
    return models / f"{NAME}.tflite"


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(prog="python -m training export", description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model and card")
    parser.add_argument("--version", required=True, help="what the card calls the model: 1.2.3")
    arguments = parser.parse_args(arguments_given)
    export(arguments.run, arguments.out, arguments.version)


if __name__ == "__main__":
    main()
