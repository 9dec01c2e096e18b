/** The accounts' part of docs/api.md: signing up, in and out, and everything that is kept about a user. */
import type { Ask } from './client';
import type { Answer, Body } from './schema';
import type { User } from './types';

export type SignUp = Body<'SignUpIn'>;

/**
 * `remember`: stay logged in when the browser is closed. `bring_guest_data`: what a guest gathered on
 * this device goes into the account's diary; else it is deleted.
 */
export type LogIn = Required<Body<'LoginIn'>>;

/** `has_data`: whether there is anything in the diary. */
export type Account = Answer<'AccountOut'>;

/** A device that is logged in; `device` is like "Firefox, Windows", null where it did not say. */
export type Session = Answer<'OneSession'>;

export type ExportFormat = 'json' | 'csv';

export const exportAddress = (format: ExportFormat) => `/api/export?format=${format}`;

export type AccountApi = ReturnType<typeof accountApi>;

export function accountApi(ask: Ask) {
  const user = (answer: { user: User }) => answer.user;
  return {
    account: () => ask<Account>('/api/account'),
    signUp: (body: SignUp) =>
      ask<Answer<'SessionOut'>>('/api/account', { method: 'POST', body }).then(user),
    logIn: (body: LogIn) =>
      ask<Answer<'LoginOut'>>('/api/login', { method: 'POST', body }).then(user),
    logOut: (everywhere: boolean) =>
      ask<null>('/api/logout', { method: 'POST', body: { everywhere } }),
    /** A new e-mail address needs the password. */
    change: (body: { name: string } | { email: string; password: string }) =>
      ask<Answer<'SessionOut'>>('/api/account', { method: 'PATCH', body }).then(user),
    changePassword: (body: Body<'PasswordIn'>) =>
      ask<null>('/api/account/password', { method: 'PUT', body }),
    /** A guest has no password to ask for. */
    remove: (body: { password?: string }) => ask<null>('/api/account', { method: 'DELETE', body }),
    sessions: () => ask<Session[]>('/api/account/sessions'),
    endSession: (id: Session['id']) =>
      ask<null>(`/api/account/sessions/${id}`, { method: 'DELETE' }),
    askForReset: (body: Body<'ResetRequest'>) =>
      ask<unknown>('/api/password-resets', { method: 'POST', body }),
    reset: (body: Body<'ResetIn'>) => ask<null>('/api/password-resets', { method: 'PUT', body }),
    features: () => ask<Answer<'FeaturesOut'>>('/api/features'),
  };
}
