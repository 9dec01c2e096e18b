"""Milliseconds of the model's forms in Chromium (LiteRT.js, one WASM thread), by turns.

`python -m benchmarks.forms_browser FOLDER`, where `python -m training formats --out FOLDER` wrote
`emotion_float32.tflite` (what the page makes of the shipped float16 file before it compiles it) and
`emotion_int8.tflite`. Not among what `make bench` runs: the forms that do not ship are not stored.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from tests.e2e.browser import ROOT, launch
from tests.e2e.site import static_site

MODULES = ROOT / "web" / "node_modules" / "@litertjs"
FORMS = ("emotion_float32.tflite", "emotion_int8.tflite")
ROUNDS = 200
PAGE = b"""<!doctype html><script type="importmap">{"imports": {
  "@litertjs/core": "/core/index.js", "@litertjs/wasm-utils": "/wasm-utils/index.js"}}</script>"""
SCRIPT = """async ([names, size, rounds]) => {
  const { loadAndCompile, loadLiteRt, Tensor } = await import('@litertjs/core');
  await loadLiteRt('/litert/');
  const models = [];
  for (const name of names) {
    const content = new Uint8Array(await (await fetch(`/forms/${name}`)).arrayBuffer());
    models.push(await loadAndCompile(content, { accelerator: 'wasm' }));
  }
  const crop = new Uint8Array(size * size * 3).map((_, place) => (place * 7919) % 256);
  const times = names.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, model] of models.entries()) {
      const started = performance.now();
      const input = new Tensor(crop, [1, size, size, 3]);
      const outputs = await model.run([input]);
      outputs[0].toTypedArray();
      times[index].push(performance.now() - started);
      for (const each of [input, ...outputs]) each.delete();
    }
  return times;
}"""


def measure(folder: Path, size: int) -> dict[str, dict[str, float]]:
    """Return median and best milliseconds of each form."""
    folders = {
        "/core/": MODULES / "core" / "dist",
        "/wasm-utils/": MODULES / "wasm-utils" / "dist",
        "/litert/": ROOT / "web" / "public" / "litert",
        "/forms/": folder,
    }
    contents = {"/page.html": PAGE}
    with sync_playwright() as playwright, static_site(folders, contents, policy="") as url:
        browser = launch(playwright, None)
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{url}/page.html")
        times: list[list[float]] = page.evaluate(SCRIPT, [list(FORMS), size, ROUNDS])
        browser.close()
    return {
        name: {"median": round(median(each[20:]), 2), "best": round(min(each[20:]), 2)}
        for name, each in zip(FORMS, times, strict=True)
    }


def main(arguments: list[str]) -> None:
    """Measure and print as JSON."""
    card: dict[str, Any] = json.loads((ROOT / "models" / "emotion.json").read_text())
    print(json.dumps(measure(Path(arguments[0]), card["input"]["width"]), indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
