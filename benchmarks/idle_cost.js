/**
 * The page's part of `benchmarks/idle_cost.py`: a camera picture as small as ours, and what a rival does with it all
 * day long. Each rival works as its own examples do: human in a loop over the video's frames with its own caches on,
 * face-api ten times a second.
 */

async function showCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 480, frameRate: 30 },
  });
  const video = document.createElement("video");
  video.muted = true;
  video.width = 240;
  video.srcObject = stream;
  document.body.append(video);
  await video.play();
  return video;
}

async function faceApi(video) {
  const faceapi = await import("/face-api/dist/face-api.esm.js");
  faceapi.tf.setWasmPaths("/tfjs-wasm/");
  await faceapi.tf.setBackend("wasm");
  await faceapi.tf.ready();
  await faceapi.nets.tinyFaceDetector.load("/face-api/model/");
  await faceapi.nets.faceExpressionNet.load("/face-api/model/");
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize: 224 });
  let busy = false;
  setInterval(async () => {
    if (busy) return;
    busy = true;
    await faceapi.detectSingleFace(video, options).withFaceExpressions();
    busy = false;
  }, 100);
}

async function human(video) {
  const { Human } = await import("/human/dist/human.esm.js");
  const off = { enabled: false };
  const detector = new Human({
    backend: "wasm",
    wasmPath: "/tfjs-wasm/",
    modelBasePath: "/human/models/",
    debug: false,
    filter: off,
    face: {
      enabled: true,
      detector: { maxDetected: 1, rotation: false },
      mesh: off,
      iris: off,
      attention: off,
      description: off,
      antispoof: off,
      liveness: off,
      emotion: { enabled: true },
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  });
  await detector.load();
  const look = async () => {
    await detector.detect(video);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Begins to work, and goes on until the page is closed. */
globalThis.begin = async (name) => {
  const video = await showCamera();
  if (name === "face-api") await faceApi(video);
  if (name === "human") await human(video);
};
