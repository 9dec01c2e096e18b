import { describe, expect, it, vi } from 'vitest';
import { CameraError, type SensingHandlers } from '../vision/types';
import { fakeCamera } from './fake-camera';

describe('a rehearsal', () => {
  it('shows the camera and its readings, and nothing follows from them', async () => {
    const it = fakeCamera();
    await it.live.rehearse();
    for (let second = 0; second < 5; second++) it.read(second, 'sadness');
    expect(it.live).toMatchObject({
      phase: 'watching',
      rehearsing: true,
      mood: { label: 'sadness' },
    });
    it.live.stop();
    expect([it.wishes, it.observed, it.present, it.switched]).toEqual([[], [], [], []]);
    expect(it.music()).toBe('idle');
    expect(it.live.rehearsing).toBe(false);
  });

  it('becomes a session without a new camera', async () => {
    const it = fakeCamera();
    await it.live.rehearse();
    it.read(1, 'sadness');
    await it.live.start();
    it.read(2, 'happiness');
    expect(it.live).toMatchObject({ phase: 'watching', rehearsing: false });
    expect(it.wishes).toEqual(['happiness']);
    expect(it.stopped()).toBe(0);
  });

  it('does not end a session that is on', async () => {
    const it = fakeCamera();
    await it.live.start();
    await it.live.rehearse();
    it.read(1, 'sadness');
    expect(it.wishes).toEqual(['sadness']);
  });

  it('takes another camera, and is still one', async () => {
    const it = fakeCamera();
    await it.live.rehearse();
    await it.live.reopen();
    it.read(1, 'sadness');
    expect(it.live).toMatchObject({ phase: 'watching', rehearsing: true });
    expect([it.stopped(), it.closed()]).toEqual([1, 0]);
    expect(it.wishes).toEqual([]);
  });

  it('takes another camera also while the models of the one before still load', async () => {
    const it = fakeCamera();
    const { startSensing } = it.sensors;
    let loaded: () => void = () => undefined;
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const late: SensingHandlers[] = [];
    it.sensors.startSensing = async (stream, client, handlers) => {
      await loading;
      late.push(handlers);
      return startSensing(stream, client, handlers);
    };
    const opened = vi.spyOn(it.sensors, 'openCamera');
    const first = it.live.rehearse();
    await vi.waitFor(() => expect(it.live.phase).toBe('loading'));
    const second = it.live.reopen();
    const third = it.live.reopen();
    loaded();
    await Promise.all([first, second, third]);
    expect(it.live).toMatchObject({ phase: 'watching', isOn: true });
    expect(opened).toHaveBeenCalledTimes(2);
    // What the camera that was given up still says is of no interest.
    late[0]?.onError(new CameraError('ended', 'stopped'));
    expect(it.live).toMatchObject({ phase: 'watching', problem: null });
  });
});
