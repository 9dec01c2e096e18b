import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCamera } from './camera';

function devices(mediaDevices: unknown): void {
  vi.stubGlobal('navigator', { mediaDevices });
}

afterEach(() => vi.unstubAllGlobals());

describe('opening the camera', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'not_found'],
    ['OverconstrainedError', 'not_found'],
    ['NotReadableError', 'in_use'],
    ['AbortError', 'in_use'],
    ['TypeError', 'unsupported'],
  ])('tells %s as %s', async (name, code) => {
    devices({ getUserMedia: () => Promise.reject(new DOMException('no', name)) });
    await expect(openCamera()).rejects.toMatchObject({ name: 'CameraError', code });
  });

  it('tells when the browser offers no camera to this page', async () => {
    devices(undefined);
    await expect(openCamera()).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('asks for a width alone, so that no browser cuts the picture to a shape', async () => {
    const getUserMedia = vi.fn<(wanted: MediaStreamConstraints) => Promise<string>>();
    devices({ getUserMedia });
    await openCamera();
    const wanted = getUserMedia.mock.calls[0]?.[0].video;
    expect(wanted).toMatchObject({ width: { ideal: 640 } });
    expect(wanted).not.toHaveProperty('height');
    expect(wanted).not.toHaveProperty('aspectRatio');
  });

  it('asks for no sound, and for the camera that faces the user', async () => {
    const getUserMedia = vi.fn(() => Promise.resolve('stream'));
    devices({ getUserMedia });
    expect(await openCamera()).toBe('stream');
    const wanted = { audio: false, video: { facingMode: 'user' } };
    expect(getUserMedia.mock.calls).toMatchObject([[wanted]]);
  });
});
