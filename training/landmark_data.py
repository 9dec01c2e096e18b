"""What the landmarks' ablation compares: points of the mesh, and pooled features of a network.

Both are made once of every picture, in parts that survive an interruption (training/saved.py).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training import mesh
from training.augment import resize
from training.data import PUBLIC_TEST, Faces, scored_rows, targets, training_rows
from training.model import EmotionNet, standardise
from training.saved import Arrays, in_parts

JAW = (162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389)
BROWS = (71, 63, 105, 66, 107, 336, 296, 334, 293, 301)
NOSE = (168, 197, 5, 4, 75, 97, 2, 326, 305)
EYES = (33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380)
LIPS = (61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181)
INNER_LIPS = (78, 82, 13, 312, 308, 317, 14, 87)
USUAL_68 = JAW + BROWS + NOSE + EYES + LIPS + INNER_LIPS
"""The nearest points of the mesh to the 68 of dlib and iBUG 300-W, in their order."""
EXPRESSIVE_34 = BROWS + EYES + LIPS
"""Brows, eyes and the outer lips with their corners: the subset that the claim was made for."""


@dataclass(frozen=True)
class Pictures:
    """N pictures: those that are learned from, then those of the public test."""

    images: NDArray[np.uint8]
    """[N, S, S]."""
    target: NDArray[np.float32]
    """[N, 6], rows sum to one."""
    weight: NDArray[np.float32]
    """[N], in the loss."""
    labels: NDArray[np.int64]
    """[N], true class; -1 where the votes name no single one (only among the learned)."""
    learned: int
    """How many are learned from."""

    def fingerprint(self) -> str:
        """Changes with every pixel."""
        return hashlib.sha256(self.images.tobytes()).hexdigest()


def pictures_of(faces: Faces, at_most: int | None = None) -> Pictures:
    """The training rows, or the first `at_most` of them, and the scored rows of the public test."""
    train = training_rows(faces)[:at_most]
    test, labels = scored_rows(faces, PUBLIC_TEST)
    rows = np.concatenate([train, test])
    target, weight, _ = targets(faces.votes[rows])
    return Pictures(
        images=faces.images[rows],
        target=target,
        weight=weight,
        labels=np.concatenate([np.full(len(train), -1), labels]),
        learned=len(train),
    )


@dataclass(frozen=True)
class Points:
    """The mesh on N pictures."""

    places: NDArray[np.float32]
    """[N, 468, 2], aligned (see `aligned`); zeros where there is no mesh."""
    sure: NDArray[np.float32]
    """[N], probability of a face by the mesh itself."""
    found: NDArray[np.bool_]
    """[N], whether the detector found a face."""

    @property
    def present(self) -> NDArray[np.bool_]:
        """[N], whether there is a mesh to learn from."""
        return np.asarray(self.sure >= mesh.BOUNDARY)


def aligned(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Points [..., 468, 2] with their mean in 0, root mean square distance 1, and the eyes level.

    Where the face is, how large and how turned is no expression.
    """
    centred = points - points.mean(axis=-2, keepdims=True)
    size = np.sqrt((centred**2).sum(axis=-1).mean(axis=-1))[..., None, None]
    right, left = (points[..., eye, :].mean(axis=-2) for eye in (EYES[:6], EYES[6:]))
    across = left - right
    cos, sin = np.moveaxis(across / np.linalg.norm(across, axis=-1, keepdims=True), -1, 0)
    turn = np.stack([np.stack([cos, -sin], axis=-1), np.stack([sin, cos], axis=-1)], axis=-2)
    return np.asarray((centred / size) @ turn, np.float32)


def mesh_points(pictures: Pictures, folder: Path) -> Points:
    """Lay the mesh over every picture; goes on where it was interrupted."""
    mesh.fetch()
    mesher = mesh.Mesher()

    def lay(span: range) -> Arrays:
        seen = [mesher.lay(image) for image in pictures.images[span.start : span.stop]]
        return {
            "places": np.stack([each.points for each in seen]),
            "sure": np.array([each.sure for each in seen], np.float32),
            "found": np.array([each.found for each in seen]),
        }

    about = f"{mesh.SHA256} {pictures.fingerprint()}"
    stored = in_parts(folder, about, len(pictures.images), lay, "mesh")
    present = (stored["sure"] >= mesh.BOUNDARY)[..., None, None]
    places = np.where(present, aligned(stored["places"]), 0)
    return Points(places.astype(np.float32), stored["sure"], stored["found"])


def pooled_features(
    network: EmotionNet, size: int, pictures: Pictures, folder: Path, title: str
) -> NDArray[np.float32]:
    """What a network's head sees of every picture: [N, 1024]."""
    network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    @torch.no_grad()
    def pool(span: range) -> Arrays:
        gray = resize(torch.from_numpy(pictures.images[span.start : span.stop]), size)
        return {"features": network.layers(standardise(gray)).mean((2, 3)).numpy()}

    weights = b"".join(each.numpy().tobytes() for each in network.state_dict().values())
    about = f"{size} {hashlib.sha256(weights).hexdigest()} {pictures.fingerprint()}"
    features = in_parts(folder, about, len(pictures.images), pool, title)["features"]
    return np.asarray(features, np.float32)
