/**
 * The page's part of `benchmarks/vision_browser.py`: the same camera frames through us and our rivals, by turns.
 * Ours is the product's own client and worker (`globalThis.golden`, built by `npm run build:golden`).
 */
import { faceApi, human, openCamera } from "./browser_rivals.js";

/** Of our milliseconds, those in the worker; the rest is the way there and back. */
const inWorker = [];

/** @param closely A detector runs in every frame; else, as in the app, only where the face cannot be tracked. */
async function ours({ closely }) {
  const { createVisionClient, TemporalFilter } = globalThis.golden;
  const client = createVisionClient();
  const { unsureBelow } = await client.info;
  const temporal = new TemporalFilter({ unsureBelow });
  return async (video) => {
    const timeS = performance.now() / 1000;
    const reading = await client.read(new VideoFrame(video), timeS, closely);
    temporal.push(timeS, reading.faces[0]?.probabilities ?? null);
    if (!closely) inWorker.push(reading.elapsedMs);
    return reading.faces.length;
  };
}

/** Frames in a row of one contender: alone in the caches, as it would be in an app of its own. */
const TURN = 10;

/**
 * @param rounds Turns that each takes, after `warmUp` others.
 * @returns For each contender its milliseconds a frame, and in how many frames it saw a face.
 */
globalThis.measure = async (rounds, warmUp) => {
  const video = await openCamera();
  const contenders = Object.entries({
    ours: await ours({ closely: false }),
    closely: await ours({ closely: true }),
    "face-api": await faceApi(),
    human: await human({ everyFrame: true }), // answers from a cache would measure nothing
  });
  const results = Object.fromEntries(
    contenders.map(([name]) => [name, { ms: [], faces: 0 }]),
  );
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, look] of contenders) {
      for (let frame = 0; frame < TURN; frame += 1) {
        await new Promise((resolve) =>
          video.requestVideoFrameCallback(resolve),
        );
        const start = performance.now();
        const faces = await look(video);
        const ms = performance.now() - start;
        if (round < 0) continue;
        results[name].ms.push(ms);
        results[name].faces += faces ? 1 : 0;
      }
    }
  }
  video.srcObject.getTracks().forEach((track) => track.stop());
  results.ours.inWorker = inWorker.slice(-rounds * TURN);
  return results;
};
