"""The network: MobileNet (v1) for one gray channel, and the graph that ships.

MobileNet: Howard et al. 2017, arXiv 1704.04861: 13 pairs of a depthwise and a pointwise
convolution, plain ReLU6 and no more than five kinds of operation, so that it runs well without a
GPU. It starts from weights that know faces (`face_weights`), which is worth more than anything
else that was tried (docs/model/training.md).
"""

from typing import ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from today_feeling.domain.emotion import EMOTIONS
from training import face_weights
from training.config import Config

LUMA = (0.299, 0.587, 0.114)
"""Weights of R, G, B in the gray level (ITU-R BT.601)."""
SPREAD = 0.5
"""Standard deviation of a picture after standardisation."""
LEVELS = 120.0
"""Scale of the first layer: its weights were learned on levels 0..255, about 60 of deviation."""
FLOOR = 0.03
"""Added to a picture's deviation (of full scale 1), so that flat pictures stay flat."""
SMALLEST_VARIANCE = 1e-6
STEM = 32
WIDTHS = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
"""Channels after each pair."""
HALVING = (2, 4, 6, 12)
"""Pairs, counted from 1, that halve the map's side."""


class Layer(nn.Module):
    """Convolution, normalisation, ReLU6.

    A stride of two pads below and to the right only, as in TensorFlow, where the starting
    weights come from.
    """

    def __init__(self, inputs: int, outputs: int, side: int, stride: int, groups: int) -> None:
        super().__init__()
        padding = side // 2 if stride == 1 else 0
        self.pad = (0, 1, 0, 1) if stride == 2 else (0, 0, 0, 0)
        self.conv = nn.Conv2d(
            inputs, outputs, side, stride, padding=padding, groups=groups, bias=False
        )
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3)

    def convolved(self, maps: Tensor) -> Tensor:
        """Maps before normalisation."""
        answer: Tensor = self.conv(F.pad(maps, self.pad))
        return answer

    def unfold(self, kernel: Tensor, offset: Tensor, maps: Tensor) -> Tensor:
        """Take over a convolution whose normalisation is folded; return the output for these maps.

        Our normalisation is set so that it does nothing but add the offset where channels are
        distributed as they are here.
        """
        self.conv.weight.copy_(kernel)
        convolved = self.convolved(maps)
        mean = convolved.mean(dim=(0, 2, 3))
        variance = convolved.var(dim=(0, 2, 3)).clamp_min(SMALLEST_VARIANCE)
        self.norm.load_state_dict(
            {
                "weight": (variance + self.norm.eps).sqrt(),
                "bias": offset + mean,
                "running_mean": mean,
                "running_var": variance,
                "num_batches_tracked": torch.tensor(0, device=maps.device),
            }
        )
        return F.relu6(convolved + offset.view(-1, 1, 1))

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [B, inputs, S, S] to [B, outputs, S / stride, S / stride]."""
        return F.relu6(self.norm(self.convolved(maps)))


def _layers() -> nn.Sequential:
    layers = [Layer(1, STEM, 3, 2, 1)]
    width = STEM
    for pair, wider in enumerate(WIDTHS, start=1):
        layers.append(Layer(width, width, 3, 2 if pair in HALVING else 1, width))
        layers.append(Layer(width, wider, 1, 1, 1))
        width = wider
    return nn.Sequential(*layers)


def standardise(gray: Tensor) -> Tensor:
    """Give each picture [B, 1, S, S] zero mean and the same spread: exposure does not matter."""
    centred = gray - gray.mean(dim=(2, 3), keepdim=True)
    deviation = (centred * centred).mean(dim=(2, 3), keepdim=True).sqrt()
    return centred * (SPREAD / (deviation + FLOOR))


class EmotionNet(nn.Module):
    """Gray pictures float [B, 1, S, S] in 0..1 to logits [B, 6] in the order of EMOTIONS."""

    KNOWS: ClassVar[str] = face_weights.SOURCE
    """What `start_knowing` brings, for the card."""

    def __init__(
        self, config: Config, layers: nn.Module | None = None, width: int = WIDTHS[-1]
    ) -> None:
        """With `layers` these, from [B, 1, S, S] to maps [B, width, s, s]; else a MobileNet's."""
        super().__init__()
        self.layers = _layers() if layers is None else layers
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(width, len(EMOTIONS))

    def start_knowing(self, sample: Tensor) -> None:
        """Begin with weights that know faces, fetched if need be, fitted to what `sample` shows.

        Sample: float [B, 1, S, S] in 0..1. Raises what `face_weights.fetch` does.
        """
        face_weights.fetch()
        self.start_from(face_weights.read(), sample)

    @torch.no_grad()
    def start_from(self, weights: dict[str, Tensor], sample: Tensor) -> None:
        """Take over the convolutions of `face_weights`.

        Their normalisation is folded into a scale and an offset; it is unfolded with the
        statistics of `sample`, float [B, 1, S, S] in 0..1: the first answers are those of the
        folded network, and normalisation goes on learning from there. The network and the sample
        are on one device; the weights may be on another.
        """
        names = ["conv1"] + [
            f"conv_{kind}_{pair}" for pair in range(1, len(WIDTHS) + 1) for kind in ("dw", "pw")
        ]
        weights = {name: weight.to(sample.device) for name, weight in weights.items()}
        maps = standardise(sample)
        for name, layer in zip(names, self.layers.children(), strict=True):
            if "_dw_" in name:
                scale = weights[f"{name}_bn/batchnorm_1/mul"].view(-1, 1, 1, 1)
                kernel = weights[f"{name}/depthwise_kernel"].permute(2, 3, 0, 1) * scale
            else:
                kernel = weights[f"{name}/convolution/merged_input"].permute(3, 2, 0, 1)
            if name == "conv1":
                # summed: the same answer as for a picture with R = G = B, cheaper
                kernel = kernel.sum(dim=1, keepdim=True) * LEVELS
            offset = weights[f"{name}_bn/batchnorm_1/sub"]
            maps = cast(Layer, layer).unfold(kernel, offset, maps)

    def forward(self, gray: Tensor) -> Tensor:
        """Standardise each picture, so that exposure and contrast do not matter, and classify."""
        features = self.layers(standardise(gray)).mean(dim=(2, 3))
        logits: Tensor = self.head(self.dropout(features))
        return logits

    def both_ways(self, gray: Tensor) -> Tensor:
        """Mean logits [B, 6] of each picture and its mirror image.

        An expression means the same in a mirror. Twice the work: still pictures get it, a stream
        does not (today_feeling.domain.emotion). Its worth is in docs/model/training.md.
        """
        seen: Tensor = self(torch.cat([gray, gray.flip(3)]))
        return (seen[: len(gray)] + seen[len(gray) :]) / 2


class ShippedGraph(nn.Module):
    """What the device runs: uint8 RGB crops [1, S, S, 3] to probabilities float [1, 6]."""

    luma: Tensor

    def __init__(self, network: EmotionNet, temperature: float) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("luma", torch.tensor(LUMA).view(1, 3, 1, 1) / 255)
        self.temperature = temperature

    def forward(self, crop: Tensor) -> Tensor:
        """Turn colour to gray, scale to 0..1, classify, temper, and normalise."""
        colour = crop.permute(0, 3, 1, 2).float()
        gray = (colour * self.luma).sum(dim=1, keepdim=True)
        return torch.softmax(self.network(gray) / self.temperature, dim=1)


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """Find the T that minimises the cross-entropy of logits [N, 6] / T against labels [N].

    Temperature scaling: Guo et al. 2017, arXiv 1706.04599.
    """
    log_temperature = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.LBFGS([log_temperature], lr=0.1, max_iter=200)

    def closure() -> float:
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(logits / log_temperature.exp(), labels)
        loss.backward()
        return loss.item()

    optimiser.step(closure)
    return float(log_temperature.detach().exp())
