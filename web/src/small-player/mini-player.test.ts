import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { App } from '../state/app.svelte';
import { SILENCE, type Snapshot } from '../state/listening';
import MiniPlayer from './MiniPlayer.svelte';

/** The window, as it is drawn. */
function drawn(status: Snapshot['status'], elsewhere = false): string {
  const app = {
    conductor: {},
    i18n: { t: (key: string) => key },
    live: { isOn: false },
    music: { ...SILENCE, status },
    oneSession: { elsewhere },
  };
  return render(MiniPlayer, { props: { app: app as unknown as App } }).body;
}

/** The button for the next song. */
function next(status: Snapshot['status']): string | undefined {
  return /<button[^>]*player\.next[^>]*>/.exec(drawn(status))?.[0];
}

describe('the small window', () => {
  it('keeps the button that was pressed while the next song is chosen', () => {
    expect(next('choosing')).toContain('aria-disabled="true"');
  });

  it('says where the session went', () => {
    expect(drawn('idle', true)).toContain('elsewhere.title');
    expect(drawn('idle')).toContain('player.idle');
  });

  it('has nothing to skip where nothing plays', () => {
    expect(next('idle')).toBeUndefined();
  });
});
