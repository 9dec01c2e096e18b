import { accountApi } from '../api/account';
import { Api } from '../api/client';
import { diaryApi } from '../api/diary';
import { type ListeningApi, listeningApi } from '../api/listening';
import type { Goal } from '../api/types';
import { CoachMemory } from '../coach/memory.svelte';
import { I18n } from '../i18n/i18n.svelte';
import { Updates } from '../offline/updates.svelte';
import { Navigation } from '../routes/navigation.svelte';
import type { AccountStore } from './account.svelte';
import { Bans } from './bans.svelte';
import { systemClock } from './clock';
import { Conductor } from './conductor';
import { Consent } from './consent.svelte';
import { timeZone } from './days';
import { Delivery } from './delivery.svelte';
import { DeviceLikes, preferencesOf } from './device-likes';
import { deviceStorage, followOtherTabs } from './device-storage';
import { DiaryStore } from './diary.svelte';
import { HiddenLooks } from './hidden-looks.svelte';
import { SILENCE, type Snapshot } from './listening';
import type { LiveSession } from './live.svelte';
import { followOnLockScreen } from './lock-screen';
import { sharedLocks } from './locks';
import { OneSession } from './one-session.svelte';
import { PreferencesStore } from './preferences.svelte';
import { Settings } from './settings.svelte';
import { SharedLook } from './shared-look';
import { Sound } from './sound';
import { Today } from './today.svelte';
import { createListening } from './traceless';
import { Toasts } from './toasts.svelte';
import { Traffic } from './traffic';
import { createAccount } from './user-of-page';
import { createLive } from './watch';

export { provideApp, useApp } from './app-context';

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
  readonly sound: Sound;
  readonly delivery: Delivery;
  /** This browser keeps no cookie: no session can be had. */
  forgotten = $state(false);
  music = $state.raw<Snapshot>(SILENCE);
  readonly #look: SharedLook;
  readonly #today: Today;
  readonly #likes: DeviceLikes;
  #traceless = false;

  constructor(window: Window & typeof globalThis) {
    const { document } = window;
    // Before anything else asks for anything.
    this.traffic = new Traffic(window);
    this.traffic.listen();
    const get: typeof fetch = (input, init) => window.fetch(input, init);
    const storage = deviceStorage(window);
    this.settings = new Settings(storage, window.navigator.languages);
    this.consent = new Consent(storage, {
      onHistory: (allowed) => this.delivery.allow(allowed),
      onChange: () => this.#obey(),
    });
    this.coach = new CoachMemory(storage);
    this.i18n = new I18n(this.settings, window.navigator.languages);
    this.navigation = new Navigation(window);
    this.api = new Api({
      fetch: get,
      onReachable: (yes) => this.delivery.heard(yes),
      mayOpen: () => !this.consent.traceless,
      onSession: (user) => {
        this.account.heard(user);
        // Else this page ends here, and what it saw is not theirs.
        if (this.account.user === user) this.delivery.belongTo(user.id);
      },
      onForgotten: () => (this.forgotten = true),
    });
    this.#likes = new DeviceLikes(storage, () => {
      if (this.consent.traceless && this.preferences.current) void this.preferences.renew();
    });
    this.preferences = new PreferencesStore(
      preferencesOf(this.api, this.#likes, () => this.consent.traceless),
    );
    this.listening = listeningApi(this.api.ask);
    this.diary = new DiaryStore(diaryApi(this.api.ask), this.toasts, this.i18n);
    this.#look = new SharedLook(this.settings);
    this.#today = new Today(window, () => this.zone);

    this.delivery = new Delivery(window, this.api, {
      mayKeep: () => this.consent.history === true,
      onNews: () => (this.diary.news += 1),
      onBack: () => this.music.status === 'offline' && this.conductor.retry(),
    });

    this.sound = new Sound(document, get, this.settings);
    this.conductor = new Conductor({
      ...createListening(this.consent, this.settings, this.#likes, this.api, this.delivery.outbox),
      players: this.sound.players,
      clock: systemClock,
      autoplay: () => this.settings.autoplay,
    });
    this.bans = new Bans(this.listening, this.conductor, this.toasts, this.i18n);
    this.conductor.subscribe((snapshot) => (this.music = snapshot));
    followOnLockScreen(window, this.conductor, {
      stop: () => this.stop(),
      position: () => this.position(),
    });
    const noteFile = (url: string) => this.traffic.note('GET', url);
    this.live = createLive(window, {
      ...{ music: this.conductor, sound: this.sound, diary: this.delivery.folder },
      ...{ settings: this.settings, noteFile },
    });
    this.oneSession = new OneSession(sharedLocks(window), () => this.#yield());
    this.hiddenLooks = new HiddenLooks(document, () => this.watching);
    this.live.onReading(() => this.hiddenLooks.look());
    this.account = createAccount(window, accountApi(this.api.ask), {
      settle: async () => {
        await Promise.all([this.preferences.saveNow(), this.delivery.settle()]);
      },
      forget: () => this.delivery.forget(),
      wipe: () => this.traffic.forget(),
      leave: () => {
        this.conductor.leave();
        this.delivery.leave();
      },
    });

    this.updates = new Updates(
      window.navigator.serviceWorker as ServiceWorkerContainer | undefined,
      () => window.location.reload(),
    );
    this.updates.startWithPage(window, '/sw.js', this.traffic);
    followOtherTabs(window, [this.settings, this.sound, this.consent, this.coach, this.#likes]);
    this.#obey();
  }

  /**
   * Does as is allowed now, here or in another tab: without consent no camera; a guest from the first answers on, unless
   * nothing is to be stored. Who has a session has it at once.
   */
  #obey(): void {
    if (!this.consent.camera) this.live.stop();
    const entered: Promise<unknown> = this.consent.asked ? this.api.session() : this.api.look();
    entered.catch(() => undefined);
    this.#moveLikes();
  }

  /** Music without a session, where none can be had. */
  leaveNoTrace(): void {
    this.consent.answer(this.consent.camera ?? false, false, true);
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
    return this.sound.position(this.music.recommendation?.track);
  }

  /** Whether the server is there, as far as we know; reactive. */
  get online(): boolean {
    return this.delivery.online;
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
    void this.delivery.flush();
    // It may have been forbidden since.
    const looks = () => watching && this.consent.camera;
    return () => (looks() ? void this.live.start() : this.conductor.next());
  }

  /** Song and camera: "recommend and stop". */
  stop(): void {
    this.live.stop();
    void this.conductor.stop();
  }
}
