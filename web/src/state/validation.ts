/** The rules of docs/api.md for what one types in, so that a mistake is told before anything is sent. No DOM here. */

/** Why a field is not taken; each has a text `wrong.<code>`. */
export const PROBLEMS = [
  'required',
  'too_short',
  'too_long',
  'letters_and_digits_only',
  'taken',
  'too_common',
  'contains_id',
  'not_an_email',
  'wrong_password',
  'differs',
  'invalid',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** Inclusive bounds of lengths in characters. */
export interface Bounds {
  min: number;
  max: number;
}

export const LOGIN_ID: Bounds = { min: 8, max: 15 };
export const PASSWORD: Bounds = { min: 8, max: 128 };
export const NAME: Bounds = { min: 1, max: 50 };
export const EMAIL: Bounds = { min: 1, max: 254 };

/** Characters as people count them: an emoji of two code units is one. */
const length = (text: string) => [...text].length;

function outside(text: string, { min, max }: Bounds): Problem | null {
  if (length(text) < min) return 'too_short';
  return length(text) > max ? 'too_long' : null;
}

export function required(text: string): Problem | null {
  return text === '' ? 'required' : null;
}

export function loginId(text: string): Problem | null {
  if (text === '') return 'required';
  if (!/^[A-Za-z0-9]*$/.test(text)) return 'letters_and_digits_only';
  return outside(text, LOGIN_ID);
}

/** Which passwords are too common, only the server knows. */
export function newPassword(text: string, id: string): Problem | null {
  if (text === '') return 'required';
  const normal = text.normalize('NFKC');
  const holdsId = id !== '' && normal.toLowerCase().includes(id.toLowerCase());
  return outside(normal, PASSWORD) ?? (holdsId ? 'contains_id' : null);
}

export function again(text: string, first: string): Problem | null {
  if (text === '') return 'required';
  return text === first ? null : 'differs';
}

export function personName(text: string): Problem | null {
  const name = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  return name === '' ? 'required' : outside(name, NAME);
}

// The pattern of <input type=email> in the HTML standard, with a dot in the domain.
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ADDRESS = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@${LABEL}(?:\\.${LABEL})+$`, 'i');

export function email(text: string): Problem | null {
  const address = text.trim();
  if (address === '') return 'required';
  if (length(address) > EMAIL.max) return 'too_long';
  return ADDRESS.test(address) ? null : 'not_an_email';
}

/** Our word for the server's; it may know more of them than this page. */
export function problemOf(code: string): Problem {
  if (code === 'missing') return 'required';
  return PROBLEMS.find((problem) => problem === code) ?? 'invalid';
}
