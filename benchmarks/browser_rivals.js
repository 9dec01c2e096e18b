/**
 * The rivals in a browser, on the backend that is fastest there without a GPU, with nothing on but a detector and
 * expressions. Each gives what looks at a video once, and says in how many faces it read one.
 */

export async function faceApi() {
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

/** @param everyFrame Looks at every frame, as we do; else its caches answer for some of them, as in its examples. */
export async function human({ everyFrame }) {
  const { Human } = await import("/human/dist/human.esm.js");
  const off = { enabled: false };
  const each = everyFrame ? { skipFrames: 0, skipTime: 0 } : {};
  const detector = new Human({
    backend: "wasm",
    wasmPath: "/tfjs-wasm/",
    modelBasePath: "/human/models/",
    debug: false,
    ...(everyFrame ? { cacheSensitivity: 0 } : {}),
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

/** The camera, playing in a video that is on no page yet. */
export async function openCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 480, frameRate: 30 },
  });
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  return video;
}
