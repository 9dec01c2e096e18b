import type { ListeningApi } from '../api/listening';
import type { Ban, BanKind, Recommendation } from '../api/types';
import type { I18n } from '../i18n/i18n.svelte';
import type { Conductor } from './conductor';
import { Fetched } from './fetched.svelte';
import type { Toasts } from './toasts.svelte';

/** What the user does not want to hear, and how it is said and taken back. */
export class Bans {
  readonly list = new Fetched<Ban[]>();

  constructor(
    private readonly api: Pick<ListeningApi, 'bans' | 'ban' | 'removeBan'>,
    private readonly conductor: Pick<Conductor, 'leaveOut'>,
    private readonly toasts: Toasts,
    private readonly i18n: I18n,
  ) {}

  load(): Promise<void> {
    return this.list.ask(this.api.bans);
  }

  /** The song goes at once, also out of the queue; what it says can be taken back. */
  async add(kind: BanKind, { id, track }: Recommendation): Promise<void> {
    const name = kind === 'artist' ? (track.artist ?? '') : track.title;
    try {
      const ban = await this.api.ban(kind, id);
      this.conductor.leaveOut(id);
      this.toasts.show(this.i18n.t(`ban.done.${kind}`, { name }), () => this.remove(ban));
    } catch {
      this.toasts.show(this.i18n.t('ban.failed'));
    }
  }

  async remove(ban: Ban): Promise<void> {
    const name = ban.artist ?? ban.track?.title ?? '';
    try {
      await this.api.removeBan(ban.id);
      this.list.value = this.list.value?.filter(({ id }) => id !== ban.id) ?? null;
      this.toasts.show(this.i18n.t('ban.removed', { name }));
    } catch {
      this.toasts.show(this.i18n.t('ban.failed'));
    }
  }
}
