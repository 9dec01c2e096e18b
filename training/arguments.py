"""Options that several commands share."""

import argparse
from pathlib import Path

from training.data import DATA_HELP


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data`: what `load` takes."""
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH", help=DATA_HELP
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """`--model`: a file of ours, the one that ships if none is named."""
    parser.add_argument(
        "--model",
        type=Path,
        default=Path("models/emotion.tflite"),
        help="its card lies beside it (%(default)s)",
    )
