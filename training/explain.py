"""Where the network looks: Grad-CAM per class, as a picture and as numbers.

Grad-CAM: Selvaraju et al. 2017, arXiv 1610.02391. For each class the maps of its rightly read
pictures of the public test are averaged and laid over the average face of these pictures: no
single person is shown. With --examples N single pictures are shown too, in a file of their own.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from today_feeling.domain.emotion import EMOTIONS
from training.arguments import add_data
from training.augment import resize
from training.data import PUBLIC_TEST, Faces, load, scored_rows
from training.export import calibrate
from training.figures import draw_attention
from training.model import EmotionNet

BATCH = 64
ZONES = {
    "brows and eyes": (0.22, 0.52, 0.12, 0.88),
    "nose": (0.52, 0.66, 0.3, 0.7),
    "mouth": (0.66, 0.92, 0.2, 0.8),
}
"""Top, bottom, left, right in sides of FER's framing, around where the card measured them."""


COARSEST: Final = 4
"""Cells a side: the last maps of a small picture, 2 by 2, name a quarter of the face at best."""


def attention(network: EmotionNet, gray: Tensor, classes: Tensor) -> Tensor:
    """Maps [B, S, S] in 0..1 of what in pictures [B, 1, S, S] speaks for `classes` [B].

    The deepest maps that are not coarser than `COARSEST` cells a side are weighted by the mean
    gradient of the class's logit; what speaks against the class is cut off.
    """
    seen: list[Tensor] = []
    fine: list[Tensor] = []

    def keep(part: Any, inputs: Any, output: Any) -> None:
        del part, inputs
        if isinstance(output, Tensor) and output.ndim == 4 and output.requires_grad:
            seen.append(output)
            if output.shape[-1] >= COARSEST:
                fine.append(output)

    hooks = [part.register_forward_hook(keep) for part in network.modules() if part is not network]
    try:
        with torch.enable_grad():
            logits = network(gray.requires_grad_())
            score = logits.gather(1, classes[:, None]).sum()
            deepest = (fine or seen)[-1]
            (slope,) = torch.autograd.grad(score, deepest)
    finally:
        for hook in hooks:
            hook.remove()
    weight = slope.mean(dim=(2, 3), keepdim=True)
    maps = (weight * deepest).sum(dim=1, keepdim=True).clamp_min(0).detach()
    maps = F.interpolate(maps, size=gray.shape[-2:], mode="bilinear", align_corners=False)[:, 0]
    highest: Tensor = maps.amax(dim=(1, 2), keepdim=True).clamp_min(1e-6)
    return maps / highest


def _both_ways(network: EmotionNet, gray: Tensor, classes: Tensor) -> Tensor:
    """`attention`, averaged over a picture and its mirror image: so still pictures are read.

    The maps' cells lie a little to the left and above what they saw (`Layer` pads on one side);
    across, this evens it out.
    """
    mirrored = attention(network, gray.flip(3), classes).flip(2)
    return (attention(network, gray, classes) + mirrored) / 2


@dataclass(frozen=True)
class Seen:
    """Rightly read pictures of one class."""

    faces: NDArray[np.float32]
    """[M, S, S] in 0..1."""
    maps: NDArray[np.float32]
    """[M, S, S] in 0..1."""

    @property
    def mean_map(self) -> NDArray[np.float32]:
        """[S, S], its highest value 1."""
        mean = self.maps.mean(axis=0)
        return np.asarray(mean / max(float(mean.max()), 1e-6), np.float32)

    def shares(self) -> dict[str, float]:
        """How much of the mean map falls into each zone, 0..1."""
        mean = self.maps.mean(axis=0)
        side = mean.shape[0]
        return {
            name: round(
                float(
                    mean[
                        round(top * side) : round(bottom * side),
                        round(left * side) : round(right * side),
                    ].sum()
                    / max(float(mean.sum()), 1e-6)
                ),
                3,
            )
            for name, (top, bottom, left, right) in ZONES.items()
        }


def look(network: EmotionNet, faces: Faces, size: int, at_most: int) -> dict[str, Seen]:
    """Maps of up to `at_most` rightly read public-test pictures of each class."""
    network.eval()
    rows, labels = scored_rows(faces, PUBLIC_TEST)
    result: dict[str, Seen] = {}
    for label, name in enumerate(EMOTIONS):
        gray = resize(torch.from_numpy(faces.images[rows[labels == label][: 2 * at_most]]), size)
        if not len(gray):
            continue
        with torch.no_grad():
            right = torch.cat([network(part).argmax(1) == label for part in gray.split(BATCH)])
        gray = gray[right][:at_most]
        maps = [
            _both_ways(network, part, torch.full((len(part),), label)) for part in gray.split(BATCH)
        ]
        if len(gray):
            pictures = gray[:, 0].detach().numpy().astype(np.float32)
            result[name] = Seen(pictures, torch.cat(maps).numpy().astype(np.float32))
    return result


def explain(run: Path, faces: Faces, out: Path, *, at_most: int, examples: int) -> dict[str, Any]:
    """Write `gradcam.png` and `gradcam.json` into `out`, with `examples` `gradcam_examples.png`."""
    known = calibrate(run)
    seen = look(known.network, faces, known.config.size, at_most)
    out.mkdir(parents=True, exist_ok=True)
    draw_attention(
        np.stack([each.faces.mean(axis=0) for each in seen.values()]),
        np.stack([each.mean_map for each in seen.values()]),
        [f"{name} ({len(each.faces)} pictures)" for name, each in seen.items()],
        out / "gradcam.png",
    )
    if examples:
        draw_attention(
            np.concatenate([each.faces[:examples] for each in seen.values()]),
            np.concatenate([each.maps[:examples] for each in seen.values()]),
            [name for name, each in seen.items() for _ in each.faces[:examples]],
            out / "gradcam_examples.png",
        )
    shares = {name: each.shares() for name, each in seen.items()}
    (out / "gradcam.json").write_text(json.dumps(shares, indent=1) + "\n")
    return shares


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and explain."""
    parser = argparse.ArgumentParser(
        prog="python -m training explain", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--run", type=Path, required=True, help="folder that train wrote")
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--at-most", type=int, default=128, help="of a class (%(default)s)")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="single pictures too")
    arguments = parser.parse_args(arguments_given)
    shares = explain(
        arguments.run, load(arguments.data), arguments.out, at_most=arguments.at_most,
        examples=arguments.examples,
    )  # fmt: skip
    for name, zones in shares.items():
        print(f"{name:>10}: " + ", ".join(f"{zone} {share:.0%}" for zone, share in zones.items()))


if __name__ == "__main__":
    main()
