/** The camera: opening it, and saying why it cannot be opened. */

import { CameraError, type CameraErrorCode } from '../vision/types';

/** Names of the DOMExceptions of getUserMedia (Media Capture and Streams, section 10.2). */
const CODES: Record<string, CameraErrorCode> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'not_found',
  OverconstrainedError: 'not_found',
  NotReadableError: 'in_use',
  AbortError: 'in_use',
};

function mediaDevices(): MediaDevices {
  // Missing on plain http, except on localhost.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) {
    throw new CameraError(
      'unsupported',
      'this page cannot use a camera: it needs https or localhost',
    );
  }
  return devices;
}

/**
 * Asks for a camera (the browser asks the user) and starts it: 640 pixels wide at 30 frames/s where it can.
 *
 * The height is the camera's business: of a wide or upright picture browsers would cut off what does not fit into 640x480,
 * and with it whoever does not sit in the middle.
 *
 * @param preferred `deviceId` of the one to take if it is there; else, or empty: one that faces the user.
 * @throws CameraError
 */
export async function openCamera(preferred = ''): Promise<MediaStream> {
  const devices = mediaDevices();
  try {
    return await devices.getUserMedia({
      audio: false,
      video: {
        width: { ideal: 640 },
        frameRate: { ideal: 30 },
        facingMode: 'user',
        ...(preferred ? { deviceId: { ideal: preferred } } : {}),
      },
    });
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : '';
    throw new CameraError(CODES[name] ?? 'unsupported', `no camera: ${String(error)}`);
  }
}
