import { Unreachable } from '../api/errors';
import type { Outcome, Recommendation, Wish } from '../api/types';
import type { PlayerEvent } from '../player/player';
import type { Label, Probabilities } from '../vision/types';
import { ANYTHING, type ConductorParts, type Snapshot, type Why } from './listening';
import { Moods } from './moods';
import { Plans } from './plans';
import { type Failure, Setbacks } from './setbacks';
import { Shown } from './shown';
import type { Situation } from './situations';
import { Stage } from './stage';

const STOP_FADE_S = 0.8;
const SKIP_FADE_S = 0.2;

/** Lets a mood become music. It cuts no song: the next is for the mood at the end of one, else the last known, else any. */
export class Conductor {
  #moods: Moods;
  #shown: Shown;
  #stage: Stage;
  #setbacks: Setbacks;
  #plans: Plans;
  #wish: Wish = ANYTHING;
  #byClick = false;
  /** Answers to what was asked in an earlier turn are too late to count. */
  #turn = 0;

  constructor(private readonly parts: ConductorParts) {
    this.#moods = new Moods(parts.clock);
    this.#stage = new Stage(parts.players, parts.reporter, parts.clock);
    this.#setbacks = new Setbacks(parts.clock);
    this.#plans = new Plans(parts.plan, () => this.#setbacks.unavailable());
    this.#shown = new Shown(() => this.#plans.waiting);
  }

  get snapshot(): Snapshot {
    return this.#shown.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#shown.subscribe(listener);
  }

  /** Music is wanted from now on, as soon as there is a mood for it. */
  begin(): void {
    if (this.snapshot.status !== 'idle' && this.snapshot.status !== 'stopping') return;
    this.#turn += 1;
    this.#plans.clear();
    this.#shown.reset({ status: 'waiting' });
    const { seen } = this.#moods;
    if (seen) void this.#choose(seen, false);
  }

  /** What the camera sees, `unsure` also when it is off; cheap, may come with every frame. */
  see(label: Label, confidence: number, probabilities: Probabilities | null): void {
    this.#moods.see(label, confidence, probabilities);
    const { seen } = this.#moods;
    if (seen && this.snapshot.status === 'waiting') void this.#choose(seen, false);
  }

  /** A mood told by hand, or by a situation, or null for any song: plays at once, also over another song. */
  tell(emotion: Wish['emotion'], situation?: Situation): void {
    const wish = this.#moods.tell(emotion, situation);
    this.#setbacks.begin();
    this.#plans.beginWay();
    this.#endSong('skipped');
    void this.#choose(wish, true);
  }

  /** `stopped`: it gives way, which says nothing against it. */
  next(outcome: 'skipped' | 'stopped' = 'skipped'): void {
    const { recommendation, status } = this.snapshot;
    if (recommendation && status === 'proposed') this.#plans.leaveOut(recommendation.id);
    this.#setbacks.begin();
    this.#endSong(outcome);
    this.#goOn(true);
  }

  /** A song of the queue, by so many places; returns its new place, from 0. */
  move(id: number, by: number): number {
    const place = this.#plans.move(id, by);
    this.#shown.change({});
    return place;
  }

  /** Takes a song out of the queue, or leaves it where it plays; another takes its place. */
  leaveOut(id: number): void {
    const { recommendation, status } = this.snapshot;
    // What stops does stop: a ban may be answered while the sound goes down.
    if (recommendation?.id === id && status !== 'stopping') {
      this.#plans.leaveOut(id);
      this.next();
      return;
    }
    this.#plans.remove(id);
    this.replan();
  }

  /** Another goal: a song that is being chosen is chosen anew for it, what plays plays on. */
  changeGoal(): void {
    const choosing = this.snapshot.status === 'choosing';
    this.#plans.turnWay(choosing);
    if (choosing) this.#again();
    else this.replan();
  }

  /** What may play has changed: what waits is planned anew, what plays plays on. */
  replan(): void {
    this.#shown.change({});
    const { recommendation, status } = this.snapshot;
    if (!recommendation || status === 'stopping') return;
    const turn = this.#turn;
    this.#plans
      .renew(this.#wish, recommendation.id, () => turn === this.#turn)
      .then((counts) => counts && this.#shown.change({}))
      // The queue stays as it is, and the next song is asked for once more.
      .catch(() => undefined);
  }

  /** Plays what was proposed, or what the browser held back, or goes on after a pause. */
  resume(): void {
    const { status, recommendation } = this.snapshot;
    if (status === 'proposed' && recommendation) this.#open(recommendation);
    else this.#stage.resume();
  }

  pause(): void {
    this.#stage.pause();
  }

  async stop(): Promise<void> {
    const { status } = this.snapshot;
    if (status === 'idle' || status === 'stopping') return;
    const silent = this.#stage.end('stopped', STOP_FADE_S);
    const turn = ++this.#turn;
    this.#plans.clear();
    this.#shown.change({ status: 'stopping', notice: null });
    await silent;
    if (turn === this.#turn) this.#shown.reset();
  }

  like(): void {
    const liked = !this.snapshot.liked;
    if (this.#stage.like(liked)) this.#shown.change({ liked });
  }

  /** Once more after `stuck` or `offline`. */
  retry(): void {
    const { status } = this.snapshot;
    if (status !== 'stuck' && status !== 'offline') return;
    this.#setbacks.forget();
    this.#again();
  }

  dismissNotice(): void {
    this.#shown.change({ notice: null });
  }

  /** The page is being left. */
  leave(): void {
    this.#stage.leave();
  }

  #goOn(byClick: boolean): void {
    const wish = this.#moods.next;
    this.#plans.goOn(wish);
    void this.#choose(wish, byClick);
  }

  async #choose(wish: Wish, byClick: boolean): Promise<void> {
    const turn = ++this.#turn;
    this.#wish = wish;
    this.#byClick = byClick;
    this.#shown.reset({ status: 'choosing', wish, notice: this.snapshot.notice });
    try {
      const [recommendation, ...others] = await this.#plans.next(wish);
      if (turn !== this.#turn) return;
      if (!recommendation) throw new Error('a plan without a song');
      this.#plans.follow(others);
      if (byClick || this.parts.autoplay()) this.#open(recommendation);
      else this.#shown.change({ status: 'proposed', recommendation });
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof Unreachable) this.#shown.change({ status: 'offline' });
      else this.#nothing(this.#setbacks.whyNothing(error));
    }
  }

  /** The same once more. */
  #again(): void {
    void this.#choose(this.#wish, this.#byClick);
  }

  #nothing(why: Why | null): void {
    this.#shown.change({ notice: null });
    if (why) this.#giveUp(why);
    else this.#again();
  }

  #giveUp(why: Why): void {
    this.#turn += 1;
    this.#stage.silence();
    this.#shown.reset({ status: 'stuck', why });
  }

  #open(recommendation: Recommendation): void {
    this.#shown.change({ status: 'starting', recommendation, liked: false });
    this.#stage.open(recommendation, (event) => this.#hear(event, recommendation));
  }

  #hear(event: PlayerEvent, recommendation: Recommendation): void {
    switch (event.type) {
      case 'ended':
        this.#endSong('finished');
        this.#goOn(false);
        return;
      case 'unreachable':
        this.#endSong('failed');
        this.#shown.reset({ status: 'offline' });
        return;
      case 'failed':
      case 'unavailable':
        this.#fail(event, recommendation);
        return;
      default:
        if (event.type === 'playing') this.#setbacks.plays();
        this.#shown.sound(event);
    }
  }

  #fail(event: Failure, { id, track }: Recommendation): void {
    if (event.type === 'failed') {
      this.parts.reporter.trackFailed(track, event.code);
      this.#plans.leaveOut(id);
    }
    const notice = this.#setbacks.happen(event, track);
    this.#endSong('failed');
    // A lost source matters for longer than one bad track.
    if (this.snapshot.notice?.kind !== 'source_unavailable') this.#shown.change({ notice });
    if (this.#setbacks.tooMany) this.#giveUp('failures');
    else this.#again();
  }

  #endSong(outcome: Outcome): void {
    const sounds = outcome === 'skipped' || outcome === 'stopped';
    void this.#stage.end(outcome, sounds ? SKIP_FADE_S : null);
    if (outcome !== 'failed') this.#shown.change({ notice: null });
  }
}
