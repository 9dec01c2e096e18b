import type { Sensors } from './live.svelte';

/** Camera and models are fetched when they are first wanted, not with the page. */
export async function loadSensors(
  preferredCamera: () => string,
  onFetched: (url: string) => void,
): Promise<Sensors> {
  const [{ openCamera }, { startSensing }, { createVisionClient }, { TemporalFilter }] =
    await Promise.all([
      import('../camera/camera'),
      import('../camera/sensing'),
      import('../vision/client'),
      import('../vision/temporal'),
    ]);
  return {
    openCamera: () => openCamera(preferredCamera()),
    createVisionClient: () => createVisionClient({ onFetched }),
    async startSensing(stream, client, handlers) {
      const { unsureBelow } = await client.info;
      return startSensing(stream, client, new TemporalFilter({ unsureBelow }), handlers);
    },
  };
}
