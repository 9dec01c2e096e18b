/** The camera: opening it, saying why it cannot be opened, and which ones there are. */

import { CameraError, type CameraErrorCode } from '../vision/types';

/** A camera that may be chosen. `label` is empty until the user has allowed a camera once. */
export interface CameraInfo {
  deviceId: string;
  label: string;
}

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
 * Asks for a camera (the browser asks the user) and starts it: 640x480 at 30 frames/s where it can.
 *
 * @param deviceId A camera of `listCameras`; default: the one that faces the user.
 * @throws CameraError
 */
export async function openCamera(deviceId?: string): Promise<MediaStream> {
  const devices = mediaDevices();
  try {
    return await devices.getUserMedia({
      audio: false,
      video: {
        width: { ideal: 640 },
        height: { ideal: 480 },
        frameRate: { ideal: 30 },
        ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }),
      },
    });
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : '';
    throw new CameraError(CODES[name] ?? 'unsupported', `no camera: ${String(error)}`);
  }
}

/** The cameras of this device. */
export async function listCameras(): Promise<CameraInfo[]> {
  const devices = await mediaDevices().enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** Calls back when a camera was plugged in or out; returns how to stop that. */
export function onCamerasChange(changed: () => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', changed);
  return () => devices?.removeEventListener('devicechange', changed);
}
