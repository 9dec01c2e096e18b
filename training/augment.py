"""Random views of gray pictures, one batch of tensor operations at a time.

The ranges start from the first system's (rotation 15 degrees, shift and shear 0.15, brightness
0.2-1.0, flip: camera angle and shadow are what differs in real use) and add what a webcam does:
blur or sharpening, noise, low resolution, a hand before the face, compression.
"""

import math

import cv2
import torch
from torch import Tensor
from torch.nn import functional as F

from training.config import Config

PADDINGS = ("border", "zeros", "reflection")
JPEG_QUALITY = (15, 80)
"""Least and best quality of what is compressed, on libjpeg's scale of 100."""


def resize(pictures: Tensor, size: int) -> Tensor:
    """Upsample uint8 [B, H, W] to float [B, 1, size, size] in 0..1, bilinear, half-pixel centres.

    Rounded to whole gray levels, since the exported graph takes uint8.
    """
    floating = pictures[:, None].float()
    resized = F.interpolate(floating, size=(size, size), mode="bilinear", align_corners=False)
    return resized.round() / 255


def augment(pictures: Tensor, config: Config) -> Tensor:
    """Draw a random view of each picture: uint8 [B, H, W] to float [B, 1, size, size] in 0..1."""
    views = _warp(pictures[:, None].float() / 255, config)
    views = _coarsen(views, config.coarse)
    views = _sharpen_or_blur(views, config.sharpness)
    views = _light(views, config.darkest)
    views = views + torch.randn_like(views) * (torch.rand(len(views), 1, 1, 1) * config.noise)
    views = _occlude(views, config.occlude)
    return _compress(views.clamp(0, 1), config.jpeg)


def _uniform(count: int, low: float, high: float) -> Tensor:
    return torch.empty(count).uniform_(low, high)


def _warp(pictures: Tensor, config: Config) -> Tensor:
    """Flip, rotate, scale, shear and shift about the centre in one bilinear resampling."""
    count = len(pictures)
    angle = _uniform(count, -config.rotation, config.rotation) * (math.pi / 180)
    zoom = torch.exp(_uniform(count, -config.scale, config.scale))
    flip = torch.randint(0, 2, (count,)) * 2.0 - 1
    shear = _uniform(count, -config.shear, config.shear)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    move = _uniform(2 * count, -2 * config.shift, 2 * config.shift).view(count, 2)
    theta = torch.stack(
        [
            torch.stack([flip * cos, flip * (shear * cos - sin), move[:, 0]], dim=1),
            torch.stack([sin, shear * sin + cos, move[:, 1]], dim=1),
        ],
        dim=1,
    )
    shape = [count, 1, config.size, config.size]
    grid = F.affine_grid(theta, shape, align_corners=False)
    padding = PADDINGS[int(torch.randint(0, len(PADDINGS), ()))]
    return F.grid_sample(pictures, grid, padding_mode=padding, align_corners=False)


def _coarsen(views: Tensor, probability: float) -> Tensor:
    """Lose detail as a far face does: shrink to 35-75 % of the side and enlarge again."""
    chosen = torch.rand(len(views)) < probability
    if not chosen.any():
        return views
    size = views.shape[-1]
    small = max(4, int(size * (0.35 + 0.4 * torch.rand(()).item())))
    shrunk = F.interpolate(views[chosen], size=(small, small), mode="area")
    views = views.clone()
    views[chosen] = F.interpolate(shrunk, size=(size, size), mode="bilinear", align_corners=False)
    return views


def _sharpen_or_blur(views: Tensor, amount: float) -> Tensor:
    """Add or remove what a 5-pixel binomial blur takes away, by a random amount per picture."""
    taps = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    kernel = (taps[:, None] * taps[None, :])[None, None]
    soft = F.conv2d(F.pad(views, (2, 2, 2, 2), mode="replicate"), kernel)
    return views + _uniform(len(views), -amount, amount).view(-1, 1, 1, 1) * (views - soft)


def _light(views: Tensor, darkest: float) -> Tensor:
    """Change gamma and contrast, for a third of them brightness, for half side light."""
    count = len(views)
    gamma = torch.exp(_uniform(count, -0.4, 0.4)).view(-1, 1, 1, 1)
    views = views.clamp(1e-4, 1) ** gamma
    contrast = _uniform(count, 0.6, 1.4).view(-1, 1, 1, 1)
    middle = views.mean(dim=(1, 2, 3), keepdim=True)
    views = middle + (views - middle) * contrast
    darkened = (torch.rand(count) < 1 / 3).view(-1, 1, 1, 1)
    gain = _uniform(count, darkest, 1).view(-1, 1, 1, 1)
    views = torch.where(darkened, views * gain, views)
    axis = torch.linspace(-1, 1, views.shape[-1])
    slope = _uniform(2 * count, -0.35, 0.35).view(count, 2, 1, 1)
    side_light = 1 + slope[:, :1] * axis.view(1, 1, 1, -1) + slope[:, 1:] * axis.view(1, 1, -1, 1)
    lit = (torch.rand(count) < 0.5).view(-1, 1, 1, 1)
    return torch.where(lit, views * side_light, views)


def _occlude(views: Tensor, probability: float) -> Tensor:
    """Hide a rectangle of 15-40 % of each side behind one gray level."""
    count, _, _, size = views.shape
    extent = _uniform(2 * count, 0.15, 0.4).view(count, 2)
    corner = torch.rand(count, 2) * (1 - extent)
    place = (torch.arange(size) + 0.5) / size
    inside = (place >= corner[..., None]) & (place < (corner + extent)[..., None])
    mask = inside[:, 0, None, :, None] & inside[:, 1, None, None, :]
    chosen = (torch.rand(count) < probability).view(-1, 1, 1, 1)
    return torch.where(mask & chosen, torch.rand(count, 1, 1, 1), views)


def _compress(views: Tensor, probability: float) -> Tensor:
    """Write as JPEG and read again, which leaves blocks of 8 pixels and rings around edges.

    Last, as in a camera; the face is as small as the input when it happens, the worst case.
    """
    if not probability:
        return views  # and nothing is drawn: runs without it see what they saw before it was there
    views = views.clone()
    (chosen,) = torch.nonzero(torch.rand(len(views)) < probability, as_tuple=True)
    least, best = JPEG_QUALITY
    quality = torch.randint(least, best + 1, (len(chosen),))
    levels = (views[chosen, 0] * 255).round().to(torch.uint8).cpu().numpy()
    for row, each, picture in zip(chosen.tolist(), quality.tolist(), levels, strict=True):
        written, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, each])
        if not written:
            raise RuntimeError("OpenCV cannot write a JPEG")
        read = torch.from_numpy(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE))
        views[row, 0] = read.to(views) / 255
    return views
