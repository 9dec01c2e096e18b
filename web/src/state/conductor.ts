import { Unreachable } from '../api/errors';
import type { Outcome, Recommendation, Wish } from '../api/types';
import type { Player, PlayerEvent } from '../player/player';
import type { Label, Probabilities } from '../vision/types';
import { Heard } from './heard';
import {
  ANYTHING,
  type ConductorNotice,
  type ConductorParts,
  SILENCE,
  type Snapshot,
  whyNothing,
  type Why,
} from './listening';
import { Moods } from './moods';
import { Plans } from './plans';
import { Setbacks } from './setbacks';
import type { Situation } from './situations';

const STOP_FADE_S = 0.8;
const SKIP_FADE_S = 0.2;

/**
 * Lets a mood become music. A song is never cut by a change of mood: at its end the next is chosen
 * by the mood of that moment, else by the last one known, else at random.
 */
export class Conductor {
  #snapshot = SILENCE;
  #listeners = new Set<(snapshot: Snapshot) => void>();
  #moods = new Moods();
  #wish: Wish = ANYTHING;
  #byClick = false;
  #heard: Heard;
  #setbacks: Setbacks;
  #plans: Plans;
  /** Answers and events of an earlier turn are too late to count. */
  #turn = 0;

  constructor(private readonly parts: ConductorParts) {
    this.#heard = new Heard(parts.reporter, parts.clock);
    this.#setbacks = new Setbacks(parts.clock);
    this.#plans = new Plans(parts.plan, () => this.#setbacks.unavailable());
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#snapshot);
    return () => this.#listeners.delete(listener);
  }

  /** Music is wanted from now on, as soon as there is a mood for it. */
  begin(): void {
    if (this.#snapshot.status !== 'idle' && this.#snapshot.status !== 'stopping') return;
    this.#turn += 1;
    this.#plans.clear();
    this.#set({ ...SILENCE, status: 'waiting' });
    const { seen } = this.#moods;
    if (seen) void this.#choose(seen, false);
  }

  /** What the camera sees, `unsure` also when it is off; cheap, may come with every frame. */
  see(label: Label, confidence: number, probabilities: Probabilities | null): void {
    this.#moods.see(label, confidence, probabilities);
    const { seen } = this.#moods;
    if (seen && this.#snapshot.status === 'waiting') void this.#choose(seen, false);
  }

  /** A mood told by hand, or by a situation, or null for any song: plays at once, also over another song. */
  tell(emotion: Wish['emotion'], situation?: Situation): void {
    const told = situation ? { situation } : {};
    const wish: Wish = emotion ? { ...ANYTHING, ...told, emotion, origin: 'manual' } : ANYTHING;
    this.#moods.tell(wish);
    this.#setbacks.begin();
    this.#plans.beginWay();
    this.#leaveSong('skipped');
    void this.#choose(wish, true, true);
  }

  next(): void {
    const { recommendation, status } = this.#snapshot;
    if (recommendation && status === 'proposed') this.#plans.leaveOut(recommendation.id);
    this.#setbacks.begin();
    this.#leaveSong('skipped');
    this.#goOn(true);
  }

  /** A song of the queue, by so many places; returns its new place, from 0. */
  move(id: number, by: number): number {
    const place = this.#plans.move(id, by);
    this.#set(this.#snapshot);
    return place;
  }

  /** Takes a song out of the queue, or leaves it where it plays; another takes its place. */
  leaveOut(id: number): void {
    const { recommendation, status } = this.#snapshot;
    // What stops does stop: a ban may be answered while the sound goes down.
    if (recommendation?.id === id && status !== 'stopping') {
      this.#plans.leaveOut(id);
      this.next();
      return;
    }
    this.#plans.remove(id);
    this.replan();
  }

  /** Another goal: its way begins with the next song, and what plays plays on. */
  changeGoal(): void {
    this.#plans.turnWay();
    this.replan();
  }

  /** What may play has changed: what waits is planned anew, what plays plays on. */
  replan(): void {
    this.#set(this.#snapshot);
    const { recommendation, status } = this.#snapshot;
    if (!recommendation || status === 'stopping') return;
    const turn = this.#turn;
    this.#plans
      .renew(this.#wish, recommendation.id, () => turn === this.#turn)
      .then((counts) => counts && this.#set(this.#snapshot))
      // The queue stays as it is, and the next song is asked for once more.
      .catch(() => undefined);
  }

  /** Plays what was proposed, or what the browser held back, or goes on after a pause. */
  resume(): void {
    const { status, recommendation } = this.#snapshot;
    if (status === 'proposed' && recommendation) this.#open(recommendation);
    else this.#player?.resume();
  }

  pause(): void {
    this.#player?.pause();
  }

  async stop(): Promise<void> {
    if (this.#snapshot.status === 'idle') return;
    this.#leaveSong('stopped');
    const turn = ++this.#turn;
    this.#plans.clear();
    this.#set({ ...this.#snapshot, status: 'stopping', notice: null });
    await this.#player?.close(STOP_FADE_S);
    if (turn === this.#turn) this.#set(SILENCE);
  }

  like(): void {
    const liked = !this.#snapshot.liked;
    if (this.#heard.like(liked)) this.#set({ ...this.#snapshot, liked });
  }

  /** Once more after `stuck` or `offline`. */
  retry(): void {
    const { status } = this.#snapshot;
    if (status !== 'stuck' && status !== 'offline') return;
    this.#setbacks.forget();
    void this.#choose(this.#wish, this.#byClick);
  }

  dismissNotice(): void {
    this.#set({ ...this.#snapshot, notice: null });
  }

  /** The page is being left. */
  leave(): void {
    this.#heard.leave();
  }

  /** Of the song that plays or is about to. */
  get #player(): Player | null {
    const source = this.#snapshot.recommendation?.track.source;
    return source ? this.parts.players[source] : null;
  }

  #goOn(byClick: boolean): void {
    const wish = this.#moods.next;
    this.#plans.goOn(wish);
    void this.#choose(wish, byClick);
  }

  /** `fresh`: a song for this very wish, before all that waits. */
  async #choose(wish: Wish, byClick: boolean, fresh = false): Promise<void> {
    const turn = ++this.#turn;
    this.#wish = wish;
    this.#byClick = byClick;
    this.#set({ ...SILENCE, status: 'choosing', wish, notice: this.#snapshot.notice });
    try {
      const [recommendation, ...others] = await this.#plans.next(wish, fresh);
      if (turn !== this.#turn) return;
      if (!recommendation) throw new Error('a plan without a song');
      this.#plans.follow(others);
      if (byClick || this.parts.autoplay()) this.#open(recommendation);
      else this.#set({ ...this.#snapshot, status: 'proposed', recommendation });
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof Unreachable) this.#set({ ...this.#snapshot, status: 'offline' });
      else this.#nothing(whyNothing(error, this.#setbacks.unavailable()));
    }
  }

  #nothing(why: Why): void {
    if (why !== 'sources_unavailable' || !this.#setbacks.pardon()) {
      this.#giveUp(why);
      return;
    }
    this.#set({ ...this.#snapshot, notice: null });
    void this.#choose(this.#wish, this.#byClick);
  }

  #giveUp(why: Why): void {
    this.#silence();
    this.#set({ ...SILENCE, status: 'stuck', why });
  }

  #open(recommendation: Recommendation): void {
    const turn = ++this.#turn;
    const player = this.parts.players[recommendation.track.source];
    this.#silence(player);
    this.#set({ ...this.#snapshot, status: 'starting', recommendation, liked: false });
    player.open(recommendation.track, (event) => {
      if (turn === this.#turn) this.#hear(event, recommendation);
    });
  }

  #silence(except?: Player): void {
    for (const player of Object.values(this.parts.players)) {
      if (player !== except) void player.close(0);
    }
  }

  #hear(event: PlayerEvent, recommendation: Recommendation): void {
    switch (event.type) {
      case 'playing':
        this.#setbacks.plays();
        this.#heard.plays(recommendation);
        this.#set({ ...this.#snapshot, status: 'playing' });
        return;
      case 'paused':
        this.#heard.rests();
        this.#set({
          ...this.#snapshot,
          status: 'paused',
          notice: event.because === 'hidden' ? { kind: 'paused_hidden' } : this.#snapshot.notice,
        });
        return;
      case 'blocked':
        this.#set({ ...this.#snapshot, status: 'blocked' });
        return;
      case 'ended':
        this.#leaveSong('finished');
        this.#goOn(false);
        return;
      case 'unreachable':
        this.#leaveSong('failed');
        this.#set({ ...SILENCE, status: 'offline' });
        return;
      case 'failed':
        this.parts.reporter.trackFailed(recommendation.track, event.code);
        this.#plans.leaveOut(recommendation.id);
        this.#afterFailure(this.#setbacks.happen(event, recommendation.track));
        return;
      case 'unavailable':
        this.#afterFailure(this.#setbacks.happen(event, recommendation.track));
    }
  }

  #afterFailure(notice: ConductorNotice): void {
    this.#leaveSong('failed');
    if (this.#setbacks.tooMany) {
      this.#turn += 1;
      this.#giveUp('failures');
      return;
    }
    // A lost source matters for longer than one bad track.
    const keep = this.#snapshot.notice?.kind === 'source_unavailable';
    this.#set({ ...this.#snapshot, notice: keep ? this.#snapshot.notice : notice });
    void this.#choose(this.#wish, this.#byClick);
  }

  #leaveSong(outcome: Outcome): void {
    this.#heard.ends(outcome);
    if (outcome !== 'failed') this.#set({ ...this.#snapshot, notice: null });
    if (outcome === 'skipped') void this.#player?.close(SKIP_FADE_S);
  }

  #set(snapshot: Snapshot): void {
    this.#snapshot = { ...snapshot, queue: this.#plans.waiting };
    for (const listener of this.#listeners) listener(this.#snapshot);
  }
}
