"""Other forms of the shipped graph: int8 weights and activations, and ONNX; each proven, timed.

All take the same uint8 RGB crop and give the same probabilities: gray conversion, standardisation,
temperature and softmax are inside, and stay in float32 also in the int8 form; its convolutions are
calibrated on training pictures. What a form costs is measured on the public test.
"""

import argparse
import hashlib
import json
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from ai_edge_litert.interpreter import Interpreter
from ai_edge_quantizer import qtyping, quantizer
from numpy.typing import NDArray

from training.arguments import add_data
from training.data import (
    PUBLIC_TEST,
    Faces,
    load,
    scored_rows,
    spread_over,
    training_rows,
)
from training.evaluate import Emotions, as_crops
from training.export import Calibrated, calibrate, float_graph, probe_crops, to_float16
from training.metrics import measure
from training.model import ShippedGraph

CALIBRATION = 200
"""Training pictures from which the ranges of the int8 activations are read."""
LARGEST_ONNX_GAP = 1e-3
"""Largest difference of any probability from PyTorch."""
ROUNDS = 200

Predict = Callable[[NDArray[np.uint8]], NDArray[np.float32]]


def to_int8(model: bytes, crops: NDArray[np.uint8]) -> bytes:
    """Quantise a float .tflite's convolutions, with ranges read off these crops [N, S, S, 3]."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float32.tflite"
        source.write_bytes(model)
        shrinker = quantizer.Quantizer(str(source))
        for operation in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            shrinker.add_static_config(
                regex=".*",
                operation_name=qtyping.TFLOperationName[operation],
                activation_num_bits=8,
                weight_num_bits=8,
            )
        signature, about = next(iter(Interpreter(model_content=model).get_signature_list().items()))
        (name,) = about["inputs"]
        with warnings.catch_warnings():
            # the quantizer looks at all tensors on purpose, and LiteRT warns of the memory
            warnings.filterwarnings("ignore", message=".*experimental_preserve_all_tensors")
            ranges = shrinker.calibrate({signature: [{name: crop[None]} for crop in crops]})
            return bytes(shrinker.quantize(ranges).quantized_model)


def to_onnx(calibrated: Calibrated, path: Path) -> None:
    """Write the graph as one ONNX file, input `crop` [1, S, S, 3] uint8, output `probabilities`."""
    size = calibrated.config.size
    graph = ShippedGraph(calibrated.network, calibrated.temperature).eval()
    sample = (torch.zeros(1, size, size, 3, dtype=torch.uint8),)
    torch.onnx.export(
        graph, sample, str(path), input_names=["crop"], output_names=["probabilities"],
        dynamo=True, external_data=False, verbose=False,
    )  # fmt: skip


class OnnxEmotions:
    """A loaded ONNX file: crops in, probabilities out, on one thread."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options)

    def predict(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities [N, 6] of RGB crops uint8 [N, size, size, 3]."""
        return np.concatenate(
            [np.asarray(self._session.run(None, {"crop": crop[None]})[0]) for crop in crops]
        )


def milliseconds(models: dict[str, Predict], crop: NDArray[np.uint8]) -> dict[str, float]:
    """Best and so least disturbed time of one crop [1, S, S, 3], models by turns."""
    times: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(ROUNDS):
        for name, predict in models.items():
            started = time.perf_counter()
            predict(crop)
            times[name].append(1000 * (time.perf_counter() - started))
    return {name: round(statistics.quantiles(each, n=20)[0], 2) for name, each in times.items()}


def measure_formats(
    run: Path, faces: Faces, out: Path, *, pictures: int, golden: NDArray[np.uint8] | None
) -> dict[str, dict[str, Any]]:
    """Write all forms into `out`; return for each its bytes, accuracy, gap and milliseconds.

    `gap` is the largest difference of a probability from PyTorch on the golden crops, which are
    smooth and noisy patterns and, where given, real crops uint8 [N, S, S, 3].

    Raises
    ------
    OSError
        The run has no kept weights, or `out` cannot be written.
    RuntimeError
        The ONNX form disagrees with PyTorch; the files are in `out` nevertheless.
    ValueError
        The golden crops are not of the run's size.
    """
    known = calibrate(run)
    size = known.config.size
    out.mkdir(parents=True, exist_ok=True)
    train = spread_over(training_rows(faces), CALIBRATION)
    full = float_graph(known)
    int8 = to_int8(full, as_crops(faces.images[train], size))
    files = {
        "float16 weights": (out / "emotion.tflite", to_float16(full)),
        "float32": (out / "emotion_float32.tflite", full),
        "int8": (out / "emotion_int8.tflite", int8),
    }
    models: dict[str, Predict] = {}
    for name, (path, content) in files.items():
        path.write_bytes(content)
        models[f"{name}, LiteRT"] = Emotions(content).predict
    to_onnx(known, out / "emotion.onnx")
    models["float32, ONNX"] = OnnxEmotions(out / "emotion.onnx").predict
    paths = [*(path for path, _ in files.values()), out / "emotion.onnx"]

    crops = probe_crops(size) if golden is None else np.concatenate([probe_crops(size), golden])
    graph = ShippedGraph(known.network, known.temperature).eval()
    with torch.no_grad():
        wanted = np.concatenate([graph(torch.from_numpy(crop[None])).numpy() for crop in crops])
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    rows, labels = spread_over(rows, pictures), spread_over(labels, pictures)
    scored = as_crops(faces.images[rows], size)
    times = milliseconds(models, crops[-1:])
    result: dict[str, dict[str, Any]] = {}
    for (name, predict), path in zip(models.items(), paths, strict=True):
        metrics = measure(predict(scored), labels)
        result[name] = {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
            "accuracy": round(metrics.accuracy, 4),
            "macro_f1": round(metrics.macro_f1, 4),
            "ece_15": round(metrics.ece, 4),
            "gap": float(f"{np.abs(predict(crops) - wanted).max():.1e}"),
            "ms_python": times[name],
        }
    if result["float32, ONNX"]["gap"] > LARGEST_ONNX_GAP:
        raise RuntimeError(f"the ONNX graph disagrees with PyTorch: {result['float32, ONNX']}")
    return result


def as_markdown(
    result: dict[str, dict[str, Any]],
    pictures: int,
    browser: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """A table of all forms, with the verdict on int8.

    `browser`: what `python -m benchmarks.forms_browser` wrote, milliseconds by sha256.
    """
    lines = [
        f"| form | MB | accuracy ({pictures} pictures) | macro-F1 | ECE | gap | ms, Python |"
        + (" ms, Chromium |" if browser else ""),
        "|---" * (8 if browser else 7) + "|",
    ]
    for name, form in result.items():
        line = (
            f"| {name} | {form['bytes'] / 1e6:.1f} | {form['accuracy']:.4f} | "
            f"{form['macro_f1']:.4f} | {form['ece_15']:.3f} | {form['gap']:.0e} | "
            f"{form['ms_python']:.2f} |"
        )
        if browser:
            seen = browser.get(form.get("sha256", ""))
            line += f" {seen['quick']:.1f} |" if seen else " |"
        lines.append(line)
    shipped, int8 = result["float16 weights, LiteRT"], result["int8, LiteRT"]
    loss = shipped["accuracy"] - int8["accuracy"]
    quicker = shipped["ms_python"] / int8["ms_python"]
    lines += ["", f"int8 loses {100 * loss:.1f} points and takes 1/{quicker:.2f} of the time."]
    return "\n".join(lines)


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line, convert and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m training formats", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--run", type=Path, required=True, help="folder that train wrote")
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("--pictures", type=int, default=10_000, help="of the public test, at most")
    parser.add_argument("--golden", type=Path, help=".npz with `crops` uint8 [N, S, S, 3]")
    arguments = parser.parse_args(arguments_given)
    golden = np.load(arguments.golden)["crops"] if arguments.golden else None
    faces = load(arguments.data)
    result = measure_formats(
        arguments.run, faces, arguments.out, pictures=arguments.pictures, golden=golden
    )
    (arguments.out / "formats.json").write_text(json.dumps(result, indent=1) + "\n")
    print(as_markdown(result, min(arguments.pictures, len(scored_rows(faces, PUBLIC_TEST)[0]))))


if __name__ == "__main__":
    main()
