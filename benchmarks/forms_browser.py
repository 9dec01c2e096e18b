"""Milliseconds of the model's forms in Chromium (LiteRT.js, one WASM thread), by turns.

`python -m benchmarks.forms_browser FOLDER OUT`, where `python -m training formats --out FOLDER`
wrote the forms; every other `.tflite` in the folder is timed beside them. OUT is a JSON file by
the sha256 of each model, from which `python -m training report` takes what it needs. Not among what
`make bench` runs: the forms that do not ship are not stored.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from tests.e2e.browser import ROOT, launch
from tests.e2e.site import static_site

MODULES = ROOT / "web" / "node_modules" / "@litertjs"
ROUNDS = 200
WARM_UP = 20
PAGE = b"""<!doctype html><script type="importmap">{"imports": {
  "@litertjs/core": "/core/index.js", "@litertjs/wasm-utils": "/wasm-utils/index.js"}}</script>"""
SCRIPT = """async ([names, rounds]) => {
  const { loadAndCompile, loadLiteRt, Tensor } = await import('@litertjs/core');
  await loadLiteRt('/litert/');
  const models = [];
  for (const name of names) {
    const content = new Uint8Array(await (await fetch(`/forms/${name}`)).arrayBuffer());
    const model = await loadAndCompile(content, { accelerator: 'wasm' });
    const { shape, dtype } = model.getInputDetails()[0];
    const count = shape.reduce((product, side) => product * side, 1);
    const noise = (place) => (place * 7919) % 256;
    const input =
      dtype === 'float32'
        ? new Float32Array(count).map((_, place) => noise(place) / 255)
        : new Uint8Array(count).map((_, place) => noise(place));
    models.push({ model, input, shape, times: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const { model, input, shape, times } of models) {
      const started = performance.now();
      const tensor = new Tensor(input, shape);
      const outputs = await model.run([tensor]);
      for (const output of outputs) output.toTypedArray();
      times.push(performance.now() - started);
      for (const each of [tensor, ...outputs]) each.delete();
    }
  return models.map(({ times }) => times);
}"""


def measure(folder: Path) -> dict[str, dict[str, str | float]]:
    """For each model in the folder, by sha256: its file, median and quick (5 %) milliseconds."""
    folders = {
        "/core/": MODULES / "core" / "dist",
        "/wasm-utils/": MODULES / "wasm-utils" / "dist",
        "/litert/": ROOT / "web" / "public" / "litert",
        "/forms/": folder,
    }
    contents = {"/page.html": PAGE}
    files = sorted(folder.glob("*.tflite"))
    names = [file.name for file in files]
    with sync_playwright() as playwright, static_site(folders, contents, policy="") as url:
        browser = launch(playwright, None)
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{url}/page.html")
        times: list[list[float]] = page.evaluate(SCRIPT, [names, WARM_UP + ROUNDS])
        browser.close()
    return {
        hashlib.sha256(file.read_bytes()).hexdigest(): {
            "file": file.name,
            "median": round(median(each[WARM_UP:]), 2),
            "quick": round(quantiles(each[WARM_UP:], n=20)[0], 2),
        }
        for file, each in zip(files, times, strict=True)
    }


def main(arguments: list[str]) -> None:
    """Measure the models of a folder and write the JSON file."""
    folder, out = map(Path, arguments)
    result = json.dumps(measure(folder), indent=1)
    out.write_text(result + "\n", encoding="utf-8")
    print(result)


if __name__ == "__main__":
    main(sys.argv[1:])
