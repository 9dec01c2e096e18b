import type { AccountApi, LogIn, SignUp } from '../api/account';
import type { User } from '../api/types';

interface Surroundings {
  /** Hands over all that still waits to be told, and forgets what cannot be. */
  settle(): Promise<void>;
  /** Loads the app anew, at an address of its own; in other tabs, too. */
  restart(address: string): void;
  /** Loads the app anew, because another tab did. */
  reload(): void;
}

/** Who uses the app. Somebody else begins with an empty memory: the app is then loaded anew. */
export class AccountStore {
  /** Null until the server has said. */
  user = $state.raw<User | null>(null);
  /** The session of an account ended without being asked to, by time or from another device. */
  ended = $state(false);
  /** This tab logs somebody in: that the user is another then is no news. */
  #entering = false;

  constructor(
    readonly api: AccountApi,
    private readonly surroundings: Surroundings,
  ) {}

  get isGuest(): boolean {
    return this.user?.guest ?? true;
  }

  /** Told by the client, whenever it opened a session; another tab may have logged somebody in. */
  heard(user: User): void {
    if (this.user && user.id !== this.user.id && !user.guest) {
      if (!this.#entering) this.surroundings.reload();
      return;
    }
    if (user.guest && this.user && !this.user.guest) this.ended = true;
    this.user = user;
  }

  /** The guest becomes an account and keeps everything, the music that plays too. */
  async signUp(form: SignUp): Promise<void> {
    this.user = await this.api.signUp(form);
    this.ended = false;
  }

  async logIn(form: LogIn, next: string): Promise<void> {
    // What a guest did belongs to the guest.
    await this.surroundings.settle();
    this.#entering = true;
    await this.api.logIn(form).catch((error: unknown) => {
      this.#entering = false;
      throw error;
    });
    this.surroundings.restart(next);
  }

  async logOut({ everywhere = false } = {}): Promise<void> {
    await this.surroundings.settle();
    await this.api.logOut(everywhere);
    this.surroundings.restart('/');
  }

  async rename(name: string): Promise<void> {
    this.user = await this.api.change({ name });
  }

  /** It was changed elsewhere. */
  async renew(): Promise<void> {
    this.user = (await this.api.account()).user;
  }

  async changeEmail(email: string, password: string): Promise<void> {
    this.user = await this.api.change({ email, password });
  }

  /** Begins anew as whoever the server now says; for what ends a session by itself. */
  restart(address: string): void {
    this.surroundings.restart(address);
  }

  /** The account, or the guest, with everything in it. */
  async remove(password?: string): Promise<void> {
    await this.surroundings.settle();
    await this.api.remove(password === undefined ? {} : { password });
    this.surroundings.restart('/');
  }
}
