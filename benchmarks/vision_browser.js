/**
 * The page's part of `benchmarks/vision_browser.py`: the same camera frames through us and our rivals, by turns.
 * Ours is the product's own client and worker (`globalThis.golden`, built by `npm run build:golden`).
 */

/** Of our milliseconds, those in the worker; the rest is the way there and back. */
const inWorker = [];

async function ours() {
  const { createVisionClient, TemporalFilter } = globalThis.golden;
  const client = createVisionClient();
  const { unsureBelow } = await client.info;
  const temporal = new TemporalFilter({ unsureBelow });
  return async (video) => {
    const timeS = performance.now() / 1000;
    const reading = await client.read(new VideoFrame(video), timeS);
    temporal.push(timeS, reading.faces[0]?.probabilities ?? null);
    inWorker.push(reading.elapsedMs);
    return reading.faces.length;
  };
}

async function faceApi() {
  const faceapi = await import("/face-api/dist/face-api.esm.js");
  faceapi.tf.setWasmPaths("/tfjs-wasm/");
  await faceapi.tf.setBackend("wasm");
  await faceapi.tf.ready();
  await faceapi.nets.tinyFaceDetector.load("/face-api/model/");
  await faceapi.nets.faceExpressionNet.load("/face-api/model/");
  const options = new faceapi.TinyFaceDetectorOptions({ inputSize: 224 });
  return async (video) => {
    const found = await faceapi
      .detectSingleFace(video, options)
      .withFaceExpressions();
    return found?.expressions ? 1 : 0;
  };
}

async function human() {
  const { Human } = await import("/human/dist/human.esm.js");
  const off = { enabled: false };
  const each = { skipFrames: 0, skipTime: 0 };
  const detector = new Human({
    backend: "wasm",
    wasmPath: "/tfjs-wasm/",
    modelBasePath: "/human/models/",
    debug: false,
    // Looks at every frame, as we do: answers from a cache would measure nothing.
    cacheSensitivity: 0,
    filter: off,
    face: {
      enabled: true,
      detector: { maxDetected: 1, rotation: false, ...each },
      mesh: off,
      iris: off,
      attention: off,
      description: off,
      antispoof: off,
      liveness: off,
      emotion: { enabled: true, ...each },
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  });
  await detector.load();
  return async (video) => {
    const { face } = await detector.detect(video);
    return face.filter(({ emotion }) => emotion?.length).length;
  };
}

/** Frames in a row of one contender: alone in the caches, as it would be in an app of its own. */
const TURN = 10;

/**
 * @param rounds Turns that each takes, after `warmUp` others.
 * @returns For each contender its milliseconds a frame, and in how many frames it saw a face.
 */
globalThis.measure = async (rounds, warmUp) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 480, frameRate: 30 },
  });
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const contenders = Object.entries({
    ours: await ours(),
    "face-api": await faceApi(),
    human: await human(),
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
  stream.getTracks().forEach((track) => track.stop());
  results.ours.inWorker = inWorker.slice(-rounds * TURN);
  return results;
};
