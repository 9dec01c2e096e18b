import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { App } from '../state/app.svelte';
import { SILENCE, type Snapshot } from '../state/listening';
import MiniPlayer from './MiniPlayer.svelte';

/** The button for the next song, as it is drawn. */
function next(status: Snapshot['status']): string | undefined {
  const app = {
    conductor: {},
    i18n: { t: (key: string) => key },
    live: { isOn: false },
    music: { ...SILENCE, status },
  };
  const { body } = render(MiniPlayer, { props: { app: app as unknown as App } });
  return /<button[^>]*player\.next[^>]*>/.exec(body)?.[0];
}

describe('the small window', () => {
  it('keeps the button that was pressed while the next song is chosen', () => {
    expect(next('choosing')).toContain('aria-disabled="true"');
  });

  it('has nothing to skip where nothing plays', () => {
    expect(next('idle')).toBeUndefined();
  });
});
