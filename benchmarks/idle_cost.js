/**
 * The page's part of `benchmarks/idle_cost.py`: a camera picture as small as ours, and what a rival does with it all
 * day long. Each rival works as its own examples do: human in a loop over the video's frames with its own caches on,
 * face-api ten times a second.
 */
import { faceApi, human, openCamera } from "./browser_rivals.js";

const WIDTH_PX = 240;
const FACE_API_EVERY_MS = 100;

/** Begins to work, and goes on until the page is closed. */
globalThis.begin = async (name) => {
  const video = await openCamera();
  video.width = WIDTH_PX;
  document.body.append(video);
  if (name === "face-api") {
    const look = await faceApi();
    let busy = false;
    setInterval(async () => {
      if (busy) return;
      busy = true;
      await look(video);
      busy = false;
    }, FACE_API_EVERY_MS);
  }
  if (name === "human") {
    const look = await human({ everyFrame: false });
    const again = async () => {
      await look(video);
      requestAnimationFrame(again);
    };
    requestAnimationFrame(again);
  }
};
