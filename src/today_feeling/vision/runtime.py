"""The one place that touches LiteRT: a model with one input, on one thread."""

from __future__ import annotations

from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from today_feeling.errors import ModelDamaged
from today_feeling.vision.card import ModelFile


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
