"""A page for which hours pass in minutes: its clock and its timers run faster than the world."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

_HURRY = """
if (location.protocol.startsWith('http')) (() => {
  const speed = %(speed)s;
  const RealDate = Date;
  const now = performance.now.bind(performance);
  const beganMs = RealDate.now() - now() - %(past_s)s * 1000;
  performance.now = () => now() * speed;
  globalThis.Date = class Date extends RealDate {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Date.now());
    }
    static now() {
      return Math.round(beganMs + performance.now());
    }
  };
  for (const name of ['setTimeout', 'setInterval']) {
    const start = globalThis[name].bind(globalThis);
    globalThis[name] = (task, ms = 0, ...given) =>
      start(task, ms < %(patience_ms)s ? ms / speed : ms, ...given);
  }
  const post = Worker.prototype.postMessage;
  window.looks = 0;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message.kind === 'frame') window.looks += 1;
    const { milliseconds } = message; // for a worker that is a timer
    if (typeof milliseconds === 'number') {
      message = { ...message, milliseconds: milliseconds / speed };
    }
    return post.call(this, message, ...more);
  };
})();
"""

_PATIENCE_MS = 15_000
"""Timers as long as that wait for others (a worker, a server), who do not hurry."""


def hurry(context: BrowserContext, speed: float, past_s: float) -> None:
    """Let a second be a `speed`-th of one in every page that is opened from now on.

    `Date`, `performance.now` and timers hurry; camera, sound and display do not, nor does the
    worker. The page's day begins `past_s` seconds ago, so that it need not end in the future.
    `window.looks` counts the frames that were handed to a worker.
    """
    values = {"speed": speed, "past_s": past_s, "patience_ms": _PATIENCE_MS}
    context.add_init_script(_HURRY % values)
