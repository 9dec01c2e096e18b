"""The wheel alone is the product: what `make build` makes runs where there is no checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
import skimage.data
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`today-feeling` in a new environment that holds the wheel and what it requires."""
    dist = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (installed,) = distributions(name="today-feeling", path=[str(packages)])
    link_requirements(installed, packages)
    return environment / "bin" / "today-feeling"


def link_requirements(installed: Distribution, packages: Path, extras: Iterable[str] = ()) -> None:
    """Put what it requires, and nothing else, beside it: links to what these tests run with.

    Downloading and unpacking the same versions once more would take a minute.
    """
    for line in installed.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        wanted = distribution(requirement.name)
        assert requirement.specifier.contains(wanted.version, prereleases=True), line
        names = {file.parts[0] for file in wanted.files or ()} - {"..", "__pycache__"}
        new = {name for name in names if not (packages / name).exists()}
        for name in new:
            (packages / name).symlink_to(str(wanted.locate_file(name)))
        if new or requirement.extras:
            link_requirements(wanted, packages, requirement.extras)


@pytest.fixture
def address(command: Path, tmp_path: Path) -> Iterator[str]:
    """Address that the installed `serve` printed."""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    serve = subprocess.Popen(
        [command, "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serve.stdout is not None
    try:
        for line in serve.stdout:
            if found := re.search(r"http://[\w.:]+", line):
                yield found[0]
                break
        else:
            pytest.fail("serve ended without an address")
    finally:
        serve.terminate()
        serve.wait(timeout=20)
        serve.stdout.close()


def test_the_installed_wheel_reads_the_face_in_a_picture(command: Path, tmp_path: Path) -> None:
    picture = Path(skimage.data.__file__).with_name("astronaut.png")
    done = subprocess.run(
        [command, "analyze", "--json", str(picture)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    (face,) = json.loads(done.stdout)["faces"]
    assert face["emotion"] == "happiness"


def test_the_installed_wheel_serves_the_app_its_models_and_its_songs(address: str) -> None:
    def get(path: str) -> bytes:
        with urllib.request.urlopen(address + path, timeout=10) as response:  # noqa: S310 - our own server
            return bytes(response.read())

    assert b'<div id="app">' in get("/")
    for model in ("emotion", "face_detection_short_range", "face_detection_full_range"):
        assert get(f"/models/{model}.tflite")[4:8] == b"TFL3"
        assert json.loads(get(f"/models/{model}.json"))["sha256"]
    assert json.loads(get("/api/health"))["status"] == "ok"
