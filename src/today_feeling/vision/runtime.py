"""The one place that touches LiteRT: a model with one input, on one thread."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from today_feeling.errors import ModelDamaged
from today_feeling.vision.card import ModelFile


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep LiteRT from greeting on stderr: it writes there itself and cannot be told not to."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


class Model:
    """A loaded `.tflite` model. Not safe to run from two threads at once.

    Raises
    ------
    ModelDamaged
        The file is not the one that the card names, or LiteRT cannot load it.
    """

    def __init__(self, file: ModelFile) -> None:
        content = file.read()
        try:
            with _silenced():
                self._interpreter = Interpreter(model_content=content, num_threads=1)
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ModelDamaged(f"LiteRT cannot load the model {file.path}: {error}") from error
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = [detail["index"] for detail in self._interpreter.get_output_details()]

    def run(self, value: NDArray[Any]) -> list[NDArray[np.float32]]:
        """Return copies of all outputs for one input of the model's own shape and type."""
        self._interpreter.set_tensor(self._input, value)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index) for index in self._outputs]
