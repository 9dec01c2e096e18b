/** The accounts' part of docs/api.md: signing up, in and out, and everything that is kept about a user. */
import type { Ask } from './client';
import type { User } from './types';

export interface SignUp {
  login_id: string;
  password: string;
  name: string;
  email: string;
}

export interface LogIn {
  login_id: string;
  password: string;
  /** Stay logged in when the browser is closed. */
  remember: boolean;
  /** What a guest gathered on this device goes into the account's diary; else it is deleted. */
  bring_guest_data: boolean;
}

export interface Account {
  user: User;
  has_password: boolean;
  /** Whether there is anything in the diary. */
  has_data: boolean;
}

/** A device that is logged in. */
export interface Session {
  id: number | string;
  created_at: string;
  last_seen_at: string;
  /** Like "Firefox, Windows"; null where it did not say. */
  device: string | null;
  current: boolean;
}

export type ExportFormat = 'json' | 'csv';

export const exportAddress = (format: ExportFormat) => `/api/export?format=${format}`;

export type AccountApi = ReturnType<typeof accountApi>;

export function accountApi(ask: Ask) {
  const user = (answer: { user: User }) => answer.user;
  return {
    account: () => ask<Account>('/api/account'),
    signUp: (body: SignUp) =>
      ask<{ user: User }>('/api/account', { method: 'POST', body }).then(user),
    logIn: (body: LogIn) => ask<{ user: User }>('/api/login', { method: 'POST', body }).then(user),
    logOut: (everywhere: boolean) =>
      ask<null>('/api/logout', { method: 'POST', body: { everywhere } }),
    /** A new e-mail address needs the password. */
    change: (body: { name: string } | { email: string; password: string }) =>
      ask<{ user: User }>('/api/account', { method: 'PATCH', body }).then(user),
    changePassword: (body: { current: string; new: string }) =>
      ask<null>('/api/account/password', { method: 'PUT', body }),
    /** A guest has no password to ask for. */
    remove: (body: { password?: string }) => ask<null>('/api/account', { method: 'DELETE', body }),
    sessions: () => ask<Session[]>('/api/account/sessions'),
    endSession: (id: Session['id']) =>
      ask<null>(`/api/account/sessions/${id}`, { method: 'DELETE' }),
    askForReset: (body: { login_id: string; email: string }) =>
      ask<unknown>('/api/password-resets', { method: 'POST', body }),
    reset: (body: { token: string; password: string }) =>
      ask<null>('/api/password-resets', { method: 'PUT', body }),
    features: () => ask<{ password_reset_by_mail: boolean }>('/api/features'),
  };
}
