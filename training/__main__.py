"""`python -m training COMMAND`: everything around the emotion model, from pictures to the card."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple


class Command(NamedTuple):
    """A module of this package with a `main`, what it does, and an example of a minute or less."""

    help: str
    example: str


COMMANDS = {
    "sample": Command(
        "draw labelled faces, to try everything without data",
        "python -m training sample --out runs/drawn",
    ),
    "prepare": Command(
        "folders of pictures, or FER+, to one archive of faces",
        "python -m training prepare --data runs/drawn --out runs/drawn.npz",
    ),
    "train": Command(
        "train the network; goes on where it was interrupted",
        "python -m training train --data runs/drawn.npz --out runs/small --size 32 --passes 4 "
        "--no-pretrained --batch 16",
    ),
    "export": Command(
        "a run to the .tflite that ships, and its card",
        "python -m training export --run runs/small --out runs/small/models --version 0.0.1",
    ),
    "evaluate": Command(
        "accuracy, macro-F1, calibration; curves as PNG",
        "python -m training evaluate --data runs/drawn.npz --split public_test "
        "--model runs/small/models/emotion.tflite --figures runs/small/figures",
    ),
    "explain": Command(
        "where the network looks (Grad-CAM)",
        "python -m training explain --run runs/small --data runs/drawn.npz --out runs/small/maps",
    ),
    "robustness": Command(
        "accuracy under bad light, turning, blur, noise ...",
        "python -m training robustness --data runs/drawn.npz --out runs/small/robustness "
        "--model runs/small/models/emotion.tflite --pictures 24 --frames 0",
    ),
    "formats": Command(
        "int8 and ONNX beside what ships: size, accuracy, time",
        "python -m training formats --run runs/small --data runs/drawn.npz --pictures 24 "
        "--out runs/small/formats",
    ),
    "personal": Command(
        "would a personal neutral help? measured",
        "python -m training personal --data runs/drawn.npz --people 5 --sample 1 "
        "--model runs/small/models/emotion.tflite",
    ),
    "landmarks": Command(
        "would points of a face mesh help? measured",
        "python -m training landmarks --data runs/drawn.npz --run runs/small "
        "--work runs/small/points --out runs/small/landmarks --seeds 2 --passes 4",
    ),
    "ablate": Command(
        "what each choice of the training is worth",
        "python -m training ablate --data runs/drawn.npz --work runs/small/ablation "
        "--out runs/small/ablations --no-pretrained --size 32 --passes 1 --batch 16 --seeds 1 "
        "--teacher runs/small --only 'hard labels' mixup 'distilled from a teacher'",
    ),
    "augmentation": Command(
        "what imitating cameras in training is worth under bad conditions",
        "python -m training augmentation --data runs/drawn.npz --work runs/small/augmentation "
        "--out runs/small/augmentation --no-pretrained --size 32 --passes 1 --batch 16 --scored 12",
    ),
    "framing": Command(
        "how FER frames its faces, and what our crop of them costs",
        "python -m training framing --data runs/drawn.npz --model runs/small/models/emotion.tflite",
    ),
    "report": Command(
        "most of it for a new model, into docs/model/",
        "python -m training report --data runs/drawn.npz --run runs/small --out runs/small/report "
        "--model runs/small/models/emotion.tflite --pictures 24 --frames 0 --people 5",
    ),
}


def usage() -> str:
    """The list of commands."""
    lines = [f"  {name:<12} {command.help}" for name, command in COMMANDS.items()]
    return "\n".join([__doc__ or "", "", *lines, "", "COMMAND --help says more."])


def main(arguments: Sequence[str]) -> None:
    """Run a command; the exit code is 2 where there is none of that name."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(usage())
        return
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"no command {name!r}\n\n{usage()}", file=sys.stderr)
        sys.exit(2)
    try:
        import_module(f"training.{name}").main(rest)
    finally:
        if {"-h", "--help"} & set(rest):
            print(f"\nexample, in a minute or less on a laptop:\n  {COMMANDS[name].example}")


if __name__ == "__main__":
    main(sys.argv[1:])
