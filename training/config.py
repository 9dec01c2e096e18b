"""Every number that shapes a training run, in one frozen place."""

import argparse
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """One training run. Two runs with equal configs, data and torch build give equal weights.

    Lengths are in fractions of the picture's side, angles in degrees, probabilities in 0..1.
    """

    size: int = 64
    """Side of the square network input, pixels."""
    passes: int = 22
    """Times that every training picture is seen."""
    early_size: int = 64
    early_passes: int = 0
    """The first `early_passes` passes see pictures of `early_size` pixels."""
    batch: int = 64
    learning_rate: float = 1e-3
    """Peak of the one-cycle schedule (AdamW)."""
    warmup: float = 0.1
    """Share of all steps spent rising to the peak; the rest falls to zero on a cosine."""
    weight_decay: float = 0.02
    ema_decay: float = 0.998
    """Per-step decay of the averaged weights; they are what is evaluated and exported."""
    balance: float = 0.25
    """Power of the inverse class frequency in the loss: 0 leaves classes alone, 1 evens them."""
    dropout: float = 0.2
    seed: int = 1
    pretrained: bool = True
    """Start from weights that know faces (`face_weights`); else from random ones."""
    threads: int = 2
    compiled: bool = False
    """Compile the network first: a third quicker on a CPU, and needs a C++ compiler."""

    hard_labels: bool = False
    """Learn the class with most votes instead of the distribution of the votes."""
    sampling: float = 0.0
    """Power of the inverse class frequency in how often a picture is drawn; 0: once a pass."""
    mixup: float = 0.0
    """Both parameters of the Beta distribution that blends pictures; 0: none are blended."""
    distill: float = 0.0
    """Share of the target that is the teachers' answer instead of the votes (`--teacher`)."""

    augmented: bool = True
    """Imitate cameras by all that follows; else pictures are only mirrored."""
    rotation: float = 15.0
    shift: float = 0.10
    scale: float = 0.12
    shear: float = 0.12
    darkest: float = 0.2
    """Brightness gain is drawn from darkest..1, for a third of the pictures."""
    sharpness: float = 1.0
    """Unsharp-mask amount is drawn from -sharpness..sharpness: below zero blurs."""
    noise: float = 0.025
    """Largest standard deviation of added noise, of full scale."""
    coarse: float = 0.1
    """Probability that a picture loses resolution (a far face)."""
    occlude: float = 0.15
    """Probability that a rectangle of the picture is hidden."""

    def save(self, path: Path) -> None:
        """Write the config as JSON, one field per line."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, path: Path) -> "Config":
        """Read what `save` wrote; an unknown field is an error."""
        return cls(**json.loads(path.read_text()))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the parser one option per field, named like it and typed by its default."""
    for field in fields(Config):
        name = "--" + field.name.replace("_", "-")
        if isinstance(field.default, bool):
            parser.add_argument(name, action=argparse.BooleanOptionalAction, default=field.default)
        else:
            parser.add_argument(
                name, type=type(field.default), default=field.default, help="default %(default)s"
            )


def from_arguments(arguments: argparse.Namespace) -> Config:
    """Build the config from parsed options."""
    return Config(**{field.name: getattr(arguments, field.name) for field in fields(Config)})
