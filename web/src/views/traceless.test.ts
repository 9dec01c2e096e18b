import type { Component, ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Api } from '../api/client';
import type { Recommendation } from '../api/types';
import Controls from '../components/Controls.svelte';
import Header from '../components/Header.svelte';
import { I18n } from '../i18n/i18n.svelte';
import type { SmallPlayer } from '../small-player/small-player.svelte';
import { type App, provideApp } from '../state/app.svelte';
import { Consent } from '../state/consent.svelte';
import { SILENCE } from '../state/listening';
import { PreferencesStore } from '../state/preferences.svelte';
import { Settings as DeviceSettings } from '../state/settings.svelte';
import Settings from './Settings.svelte';

/** As much of the app as these pages look at; its server answers nothing. */
async function app({ traceless = false, playing = 1 } = {}): Promise<App> {
  const settings = new DeviceSettings(null, ['en']);
  const consent = new Consent(null);
  consent.answer(false, true, traceless);
  const preferences = new PreferencesStore({
    preferences: () => Promise.reject(new Error('no answer')),
  } as unknown as Api);
  await preferences.load();
  const recommendation = { id: playing, track: { artist: null } } as Recommendation;
  return {
    ...{ settings, consent, preferences, i18n: new I18n(settings) },
    account: { isGuest: true, user: traceless ? null : { guest: true } },
    live: { isOn: false },
    navigation: { route: { page: 'home', parts: {}, address: '/' } },
    music: { ...SILENCE, status: 'playing', recommendation },
  } as unknown as App;
}

/** The view as it is first shown, within `shown`. */
function html<Props extends object>(shown: App, view: Component<Props>, props: Props): string {
  const within: Component<Props> = (...inside) => {
    provideApp(shown);
    return view(...inside);
  };
  return render(within as Component, { props, context: new Map() }).body;
}

const { t } = new I18n(new DeviceSettings(null, ['en']));

describe('the settings', () => {
  const SERVER = ['settings.songs', 'settings.taste', 'nav.profile'] as const;
  const DEVICE = ['settings.genres', 'traceless.likes', 'consent.traceless'] as const;

  it('have what is on the server', async () => {
    const shown = html(await app(), Settings, {});
    for (const key of SERVER) expect(shown).toContain(t(key));
  });

  it('have none of it where nothing is to be stored', async () => {
    const shown = html(await app({ traceless: true }), Settings, {});
    for (const key of SERVER) expect(shown).not.toContain(t(key));
    for (const key of DEVICE) expect(shown).toContain(t(key));
  });
});

describe('the header', () => {
  it('leads to an account, or where there can be none, only to the settings', async () => {
    const usual = html(await app(), Header, {});
    const traceless = html(await app({ traceless: true }), Header, {});
    for (const key of ['nav.signUp', 'nav.logIn'] as const) {
      expect(usual).toContain(t(key));
      expect(traceless).not.toContain(t(key));
    }
    for (const shown of [usual, traceless]) expect(shown).toContain(t('nav.settings'));
  });
});

describe('a song', () => {
  const props: ComponentProps<typeof Controls> = {
    compact: false,
    small: { isPossible: false } as SmallPlayer,
  };

  it('can be banned', async () => {
    expect(html(await app(), Controls, props)).toContain(t('ban.menu'));
  });

  it.each([{ traceless: true }, { playing: -1 }])(
    'cannot be where the server would not know it: %o',
    async (how) => {
      const shown = html(await app(how), Controls, props);
      expect(shown).toContain(t('player.next'));
      expect(shown).not.toContain(t('ban.menu'));
    },
  );
});
