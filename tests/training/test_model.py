"""What the network must not care about, and its calibration."""

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import conv2d, pad, relu6

from today_feeling.domain.emotion import seen_both_ways
from training.config import Config
from training.model import HALVING, WIDTHS, EmotionNet, ShippedGraph, fit_temperature, standardise


@pytest.fixture(scope="module")
def network() -> EmotionNet:
    network = EmotionNet(Config(size=32))
    generator = torch.Generator().manual_seed(2)
    network.start_from(folded_weights(), torch.rand(16, 1, 32, 32, generator=generator))
    return network.eval()


def crops() -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (4, 32, 32, 3), dtype=torch.uint8, generator=generator)


def test_colour_does_not_matter(network: EmotionNet) -> None:
    graph = ShippedGraph(network, 1.0).eval()
    colour = crops().float()
    gray = (colour * torch.tensor([0.299, 0.587, 0.114])).sum(dim=3, keepdim=True)
    torch.testing.assert_close(graph(colour), graph(gray.expand(-1, -1, -1, 3)))


def test_seen_both_ways_a_mirrored_face_gets_the_same_answer(network: EmotionNet) -> None:
    graph = ShippedGraph(network, 0.5).eval()
    gray = crops()[..., :1].permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        torch.testing.assert_close(network.both_ways(gray), network.both_ways(gray.flip(3)))
        straight, mirrored = (
            graph(each.expand(-1, -1, -1, 3)).double().numpy()
            for each in (crops()[..., :1], crops()[..., :1].flip(2))
        )
        assert np.abs(np.log(straight) - np.log(mirrored)).max() > 1e-3
        wanted = torch.log_softmax(network.both_ways(gray) / 0.5, dim=1).numpy()
    assert np.log(seen_both_ways(straight, mirrored)) == pytest.approx(wanted, abs=1e-4)


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


def folded_weights() -> dict[str, Tensor]:
    """Random ones, in the names and layout of the package that training starts from."""
    generator = torch.Generator().manual_seed(3)

    def draw(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator)

    weights = {"conv1/convolution/merged_input": draw(3, 3, 3, 32) / 300}
    weights["conv1_bn/batchnorm_1/sub"] = draw(32) + 1
    width = 32
    for pair, wider in enumerate(WIDTHS, start=1):
        weights[f"conv_dw_{pair}/depthwise_kernel"] = draw(3, 3, width, 1)
        weights[f"conv_dw_{pair}_bn/batchnorm_1/mul"] = draw(width).abs() / 2
        weights[f"conv_dw_{pair}_bn/batchnorm_1/sub"] = draw(width) + 1
        weights[f"conv_pw_{pair}/convolution/merged_input"] = draw(1, 1, width, wider) / width**0.5
        weights[f"conv_pw_{pair}_bn/batchnorm_1/sub"] = draw(wider) + 1
        width = wider
    return weights


def folded_features(weights: dict[str, Tensor], levels: Tensor) -> Tensor:
    """The network of that package, written down directly, on RGB [B, 3, S, S] in 0..255."""

    def block(maps: Tensor, name: str, kernel: Tensor, stride: int, groups: int) -> Tensor:
        side = kernel.shape[-1]
        padding = (0, 1, 0, 1) if stride == 2 else (side // 2,) * 4
        maps = conv2d(pad(maps, padding), kernel, stride=stride, groups=groups)
        if "_dw_" in name:
            maps = maps * weights[f"{name}_bn/batchnorm_1/mul"].view(-1, 1, 1)
        return relu6(maps + weights[f"{name}_bn/batchnorm_1/sub"].view(-1, 1, 1))

    stem = weights["conv1/convolution/merged_input"].permute(3, 2, 0, 1)
    maps = block(levels, "conv1", stem, 2, 1)
    for pair in range(1, len(WIDTHS) + 1):
        deep = weights[f"conv_dw_{pair}/depthwise_kernel"].permute(2, 3, 0, 1)
        wide = weights[f"conv_pw_{pair}/convolution/merged_input"].permute(3, 2, 0, 1)
        maps = block(maps, f"conv_dw_{pair}", deep, 2 if pair in HALVING else 1, maps.shape[1])
        maps = block(maps, f"conv_pw_{pair}", wide, 1, 1)
    return maps


def test_starting_weights_see_a_gray_picture_as_the_network_they_come_from() -> None:
    network, weights = EmotionNet(Config(size=32)), folded_weights()
    generator = torch.Generator().manual_seed(5)
    network.start_from(weights, torch.rand(8, 1, 32, 32, generator=generator))
    gray = torch.rand(2, 1, 32, 32, generator=generator)
    levels = standardise(gray).expand(-1, 3, -1, -1) * 120
    with torch.no_grad():
        ours = network.eval().layers(standardise(gray))
        theirs = folded_features(weights, levels)
    assert theirs.std() > 0.1
    torch.testing.assert_close(ours, theirs, atol=1e-3, rtol=1e-3)


def test_normalisation_starts_at_the_statistics_of_the_sample() -> None:
    network = EmotionNet(Config(size=32))
    sample = torch.rand(64, 1, 32, 32, generator=torch.Generator().manual_seed(5))
    network.start_from(folded_weights(), sample)
    with torch.no_grad():
        as_evaluated = network.eval().layers(standardise(sample))
        as_trained = network.train().layers(standardise(sample))
    torch.testing.assert_close(as_trained, as_evaluated, atol=2e-2, rtol=2e-2)


def test_starting_weights_may_be_on_another_device_than_the_network() -> None:
    """The device `meta` computes nothing, and refuses like a GPU what lies elsewhere."""
    network = EmotionNet(Config(size=32)).to("meta")
    network.start_from(folded_weights(), torch.rand(8, 1, 32, 32, device="meta"))


def test_temperature_is_inside_the_shipped_graph(network: EmotionNet) -> None:
    plain = ShippedGraph(network, 1.0).eval()(crops())
    tempered = ShippedGraph(network, 2.0).eval()(crops())
    torch.testing.assert_close(tempered, torch.softmax(plain.log() / 2, dim=1))


def test_fitted_temperature_undoes_overconfidence() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(20_000, 6, generator=generator) * 2
    labels = torch.multinomial(torch.softmax(logits, dim=1), 1, generator=generator)[:, 0]
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.05)
