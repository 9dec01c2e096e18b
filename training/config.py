"""Every number that shapes a training run, in one frozen place."""

import argparse
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def option(default: T, text: str) -> T:
    """A field with a default, and what it means: for readers, and for --help."""
    value: T = field(default=default, metadata={"help": text})
    return value


@dataclass(frozen=True)
class Config:
    """One training run. Two runs with equal configs, data and torch build give equal weights.

    Lengths are in fractions of the picture's side, angles in degrees, probabilities in 0..1.
    """

    size: int = option(64, "side of the square network input, pixels")
    passes: int = option(22, "times that every training picture is seen")
    early_size: int = option(64, "side of the input in the early passes, pixels")
    early_passes: int = option(0, "passes, the first ones, that see pictures of --early-size")
    batch: int = option(64, "pictures of a step")
    learning_rate: float = option(1e-3, "peak of the one-cycle schedule (AdamW)")
    warmup: float = option(0.1, "share of the steps that rise to the peak; the rest falls to zero")
    weight_decay: float = option(0.02, "of AdamW, for all but biases and normalisation")
    ema_decay: float = option(
        0.998, "per-step decay of the averaged weights, which are evaluated and exported"
    )
    balance: float = option(
        0.25, "power of the inverse class frequency in the loss: 0 leaves classes alone, 1 evens"
    )
    dropout: float = option(0.2, "share of the features that the head does not see, 0..1")
    seed: int = option(1, "from which everything random follows")
    pretrained: bool = option(
        True, "start from weights that know faces (a download of 144 MB, once), or random ones"
    )
    threads: int = option(2, "of the CPU, for each process")
    compiled: bool = option(
        False, "compile the network first: a third quicker on a CPU; needs a C++ compiler"
    )

    hard_labels: bool = option(
        False, "learn the class with most votes instead of the distribution of the votes"
    )
    sampling: float = option(
        0.0, "power of the inverse class frequency in how often a picture is drawn; 0: once a pass"
    )
    mixup: float = option(
        0.0, "both parameters of the Beta distribution that blends pictures; 0: none are blended"
    )
    distill: float = option(
        0.0, "share of the target that is the answer of the runs named by --teacher, 0..1"
    )

    augmented: bool = option(
        True, "imitate cameras by all that follows; else pictures are only mirrored"
    )
    rotation: float = option(15.0, "largest angle to either side, degrees")
    shift: float = option(0.10, "largest shift in either direction, of the side")
    scale: float = option(0.12, "largest logarithm of the zoom, in or out")
    shear: float = option(0.12, "largest shear to either side, of the height")
    darkest: float = option(0.2, "least brightness gain of the third that is darkened, 0..1")
    sharpness: float = option(
        1.0, "largest amount of the unsharp mask; as much below zero, where it blurs"
    )
    noise: float = option(0.025, "largest standard deviation of added noise, of full scale")
    coarse: float = option(0.1, "probability that a picture loses resolution (a far face)")
    occlude: float = option(0.15, "probability that a rectangle of the picture is hidden")
    jpeg: float = option(0.0, "probability that a picture is compressed as JPEG, quality 15-80")

    def save(self, path: Path) -> None:
        """Write the config as JSON, one field per line."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, path: Path) -> "Config":
        """Read what `save` wrote; an unknown field is an error."""
        return cls(**json.loads(path.read_text()))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the parser one option per field, named like it and typed by its default."""
    for each in fields(Config):
        name = "--" + each.name.replace("_", "-")
        text = f"{each.metadata['help']} (%(default)s)"
        if isinstance(each.default, bool):
            parser.add_argument(
                name, action=argparse.BooleanOptionalAction, default=each.default, help=text
            )
        else:
            parser.add_argument(name, type=type(each.default), default=each.default, help=text)


def from_arguments(arguments: argparse.Namespace) -> Config:
    """Build the config from parsed options."""
    return Config(**{each.name: getattr(arguments, each.name) for each in fields(Config)})
