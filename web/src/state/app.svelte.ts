import { getContext, setContext } from 'svelte';
import { accountApi } from '../api/account';
import { Api } from '../api/client';
import { diaryApi } from '../api/diary';
import { type ListeningApi, listeningApi } from '../api/listening';
import { Outbox } from '../api/outbox';
import type { Goal, Source } from '../api/types';
import { CoachMemory } from '../coach/memory.svelte';
import { I18n } from '../i18n/i18n.svelte';
import { Updates } from '../offline/updates.svelte';
import type { Player } from '../player/player';
import { createPlayers } from '../player/players';
import { Volume } from '../player/volume';
import { Navigation } from '../routes/navigation.svelte';
import { AccountStore } from './account.svelte';
import { Bans } from './bans.svelte';
import { systemClock } from './clock';
import { Conductor } from './conductor';
import { Connection } from './connection';
import { Consent } from './consent.svelte';
import { timeZone } from './days';
import { DeviceLikes, preferencesOf } from './device-likes';
import { DiaryStore } from './diary.svelte';
import { Following } from './following';
import { HiddenLooks } from './hidden-looks.svelte';
import { SILENCE, type Snapshot } from './listening';
import { LiveSwitching } from './live-switching';
import { LiveSession } from './live.svelte';
import { followOnLockScreen } from './lock-screen';
import { sharedLocks } from './locks';
import { ObservationQueue } from './observation-queue';
import { ObservationFolder } from './observations';
import { OtherTabs } from './other-tabs';
import { OneSession } from './one-session.svelte';
import { Presence } from './presence';
import { PreferencesStore } from './preferences.svelte';
import { loadSensors } from './sensors';
import { deviceStorage, Settings } from './settings.svelte';
import { SharedLook } from './shared-look';
import { IndexedShelf } from './shelf';
import { Today } from './today.svelte';
import { createListening } from './traceless';
import { Toasts } from './toasts.svelte';
import { Traffic } from './traffic';

/** Nobody has asked for silence just now: it comes slowly. */
const FADE_S = 2;

/** Everything that outlives a page, put together in one place. */
export class App {
  readonly settings: Settings;
  readonly consent: Consent;
  readonly coach: CoachMemory;
  readonly i18n: I18n;
  readonly navigation: Navigation;
  readonly api: Api;
  readonly account: AccountStore;
  readonly conductor: Conductor;
  readonly live: LiveSession;
  readonly oneSession: OneSession;
  readonly hiddenLooks: HiddenLooks;
  readonly preferences: PreferencesStore;
  readonly updates: Updates;
  readonly listening: ListeningApi;
  readonly bans: Bans;
  readonly toasts = new Toasts();
  readonly traffic: Traffic;
  readonly diary: DiaryStore;
  /** The place of the YouTube iframe. It must never be moved: that would load it anew. */
  readonly playerHost: HTMLElement;
  /** When the server knows all that happened here, as far as it can be reached. */
  readonly delivered: () => Promise<void>;
  online = $state(true);
  /** This browser keeps no cookie: no session can be had. */
  forgotten = $state(false);
  music = $state.raw<Snapshot>(SILENCE);
  readonly #look: SharedLook;
  readonly #today: Today;
  readonly #likes: DeviceLikes;
  #traceless = false;
  readonly #connection: Connection;
  readonly #volume = new Volume((volume) => {
    for (const player of Object.values(this.#players)) player.setVolume(volume);
  });
  readonly #players: Record<Source, Player>;

  constructor(window: Window & typeof globalThis) {
    const { document } = window;
    // Before anything else asks for anything.
    this.traffic = new Traffic(window);
    this.traffic.listen();
    const get: typeof fetch = (input, init) => window.fetch(input, init);
    this.settings = new Settings(deviceStorage(window), window.navigator.languages);
    // Nothing from before it was allowed is kept, nothing that waits is sent once it is not.
    const onHistory = (allowed: boolean) => (allowed ? folder.end() : void queue.clear());
    this.consent = new Consent(deviceStorage(window), onHistory);
    this.coach = new CoachMemory(deviceStorage(window));
    this.i18n = new I18n(this.settings, window.navigator.languages);
    this.navigation = new Navigation(window);
    this.api = new Api({
      fetch: get,
      onReachable: (yes) => this.#connection.heard(yes),
      mayOpen: () => !this.consent.traceless,
      onSession: (user) => {
        this.account.heard(user);
        // Else this page ends here, and what it saw is not theirs.
        if (this.account.user === user) void queue.belongTo(user.id);
      },
      onForgotten: () => (this.forgotten = true),
    });
    this.#likes = new DeviceLikes(deviceStorage(window));
    this.preferences = new PreferencesStore(
      preferencesOf(this.api, this.#likes, () => this.consent.traceless),
    );
    this.listening = listeningApi(this.api.ask);
    this.diary = new DiaryStore(diaryApi(this.api.ask), this.toasts, this.i18n);
    this.#look = new SharedLook(this.settings);
    this.#today = new Today(window, () => this.zone);

    const news = () => (this.diary.news += 1);
    const outbox = new Outbox(news);
    const queue = new ObservationQueue(
      this.api.observe,
      new IndexedShelf(() => window.indexedDB),
      news,
      sharedLocks(window),
    );
    this.delivered = async () => {
      await Promise.all([outbox.kick(), queue.flush()]);
    };
    this.#connection = new Connection(this.api.health, (online) => {
      this.online = online;
      if (!online) return;
      void this.delivered();
      if (this.music.status === 'offline') this.conductor.retry();
    });

    this.playerHost = document.createElement('div');
    this.playerHost.className = 'player-host';
    this.#players = createPlayers(document, this.playerHost, get);
    this.conductor = new Conductor({
      ...createListening(this.consent, this.settings, this.#likes, this.api, outbox),
      players: this.#players,
      clock: systemClock,
      autoplay: () => this.settings.autoplay,
    });
    this.bans = new Bans(this.listening, this.conductor, this.toasts, this.i18n);
    this.conductor.subscribe((snapshot) => (this.music = snapshot));
    const folder = new ObservationFolder((observation) => {
      if (this.consent.history) queue.add(observation);
    });
    followOnLockScreen(window, this.conductor, {
      stop: () => this.stop(),
      position: () => this.position(),
    });
    const noteFile = (url: string) => this.traffic.note('GET', url);
    const fade = (down: boolean) => this.#volume.glide(down ? 0 : this.settings.volume, FADE_S);
    this.live = new LiveSession(
      () => loadSensors(() => this.settings.camera, noteFile),
      new Following({
        music: this.conductor,
        diary: folder,
        presence: new Presence({
          music: this.conductor,
          fade,
          wanted: () => this.settings.pauseAway,
          onChange: (away) => (this.live.away = away),
        }),
        switching: new LiveSwitching({
          music: this.conductor,
          fade,
          wanted: () => this.settings.liveSwitching && this.settings.autoplay,
        }),
      }),
    );
    this.oneSession = new OneSession(sharedLocks(window), () => this.#yield());
    this.hiddenLooks = new HiddenLooks(document, () => this.watching);
    this.live.onReading(() => this.hiddenLooks.look());
    document.addEventListener('visibilitychange', () => document.hidden || this.live.tryAgain());
    const devices = window.navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => this.live.tryAgain());
    /** Whoever comes next must not be told what this one did. */
    let forgetful = false;
    const reload = () => {
      forgetful = true;
      window.location.reload();
    };
    const channel = (name: string) =>
      'BroadcastChannel' in window ? new window.BroadcastChannel(name) : undefined;
    const others = new OtherTabs(channel, reload);
    this.account = new AccountStore(accountApi(this.api.ask), {
      settle: async () => {
        folder.end();
        await Promise.all([this.preferences.saveNow(), this.delivered()]);
      },
      restart: (address) => {
        forgetful = true;
        void queue.clear();
        others.tell();
        window.location.assign(address);
      },
      reload,
    });
    this.#volume.set(this.settings.volume);

    window.addEventListener('pagehide', () => {
      if (forgetful) return;
      this.conductor.leave();
      folder.end();
      queue.leave();
    });
    this.updates = new Updates(
      window.navigator.serviceWorker as ServiceWorkerContainer | undefined,
      () => window.location.reload(),
    );
    this.updates.startWithPage(window, '/sw.js', noteFile);
    this.enter();
  }

  /** A guest from the first answers on, unless nothing is to be stored; who has a session has it at once. */
  enter(): void {
    const entered: Promise<unknown> = this.consent.asked ? this.api.session() : this.api.look();
    entered.catch(() => undefined);
    this.#moveLikes();
  }

  /** Music without a session, where none can be had. */
  leaveNoTrace(): void {
    this.consent.answer(this.consent.camera ?? false, false, true);
    this.enter();
    this.conductor.retry();
  }

  /** Preferences are kept on the server or on this device, as was wished now. */
  #moveLikes(): void {
    const { traceless } = this.consent;
    const moves = traceless !== this.#traceless;
    this.#traceless = traceless;
    if (!moves || !this.preferences.current) return;
    if (traceless) this.#likes.adopt(this.preferences.current);
    void this.preferences.renew();
  }

  /** Where days begin and end for this user; reactive. */
  get zone(): string {
    return this.preferences.current?.timezone ?? timeZone();
  }

  /** The day that it is there now; reactive. */
  get today(): string {
    return this.#today.day;
  }

  /** The account and its preferences as the server now has them. */
  async renew(): Promise<void> {
    await this.preferences.renew();
    if (!this.account.isGuest) await this.account.renew();
  }

  setVolume(volume: number): void {
    this.settings.volume = volume;
    void this.#volume.glide(volume);
  }

  /** Keeps theme and language of an account and of this device the same; reactive. */
  shareLook(): void {
    const { current } = this.preferences;
    if (this.account.isGuest || !current) return;
    const change = this.#look.follow(current);
    if (change) this.preferences.change(change);
  }

  /** What plays goes on; what waits is planned anew. */
  setGoal(goal: Goal): void {
    if (goal === this.settings.goal) return;
    this.settings.goal = goal;
    this.conductor.changeGoal();
  }

  /** Of the song that plays. */
  position(): { seconds: number; duration: number | null } | null {
    const source = this.music.recommendation?.track.source;
    return source ? this.#players[source].position() : null;
  }

  reconnect(): void {
    this.#connection.askNow();
  }

  /** The camera is on, or is to be, and what it sees counts; reactive. */
  get watching(): boolean {
    return this.live.phase !== 'off' && !this.live.rehearsing;
  }

  /** Music or camera are on; reactive. */
  get inSession(): boolean {
    return this.watching || !['idle', 'stopping'].includes(this.music.status);
  }

  /** The session is another tab's now; returns how to have it here again. */
  #yield(): () => void {
    const { watching } = this;
    this.stop();
    void this.delivered();
    return () => (watching ? void this.live.start() : this.conductor.next());
  }

  /** Song and camera: "recommend and stop". */
  stop(): void {
    this.live.stop();
    void this.conductor.stop();
  }
}

const KEY = Symbol('app');

export function provideApp(app: App): void {
  setContext(KEY, app);
}

export function useApp(): App {
  return getContext<App>(KEY);
}
