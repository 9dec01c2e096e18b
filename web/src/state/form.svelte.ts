import { tick } from 'svelte';
import { ApiError, Unreachable } from '../api/errors';
import type { Problem } from './validation';
import { problemOf } from './validation';

/** Why the whole form was not taken. */
export type Refusal =
  | { kind: 'wrong_credentials' | 'reset_expired' | 'offline' | 'server' }
  | { kind: 'too_many_requests'; minutes: number };

type Values = Record<string, string>;
/** What is wrong with a field, given all of them; null: nothing. */
type Rules<V extends Values> = { [Name in keyof V]: (value: string, all: V) => Problem | null };

type Problems<V extends Values> = Partial<Record<keyof V, Problem>>;

/** What one types in, what is wrong with it, and how sending went. Fields are named as the server names them. */
export class Form<V extends Values> {
  values: V = $state() as V;
  busy = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  #problems = $state.raw<Problems<V>>({});
  /** Where each field is on the page, in order of appearance. */
  #inputs: { name: keyof V; input: HTMLElement }[] = [];

  /** `aliases`: names of the server's for fields that have another name here. */
  constructor(
    start: V,
    private readonly rules: Rules<V>,
    private readonly send: (values: V) => Promise<void>,
    private readonly aliases: Readonly<Record<string, keyof V>> = {},
  ) {
    this.values = { ...start };
  }

  problem(name: keyof V): Problem | null {
    return this.#problems[name] ?? null;
  }

  /** Of a field's input, while it is on the page. */
  place(name: keyof V, input: HTMLElement): () => void {
    const place = { name, input };
    this.#inputs.push(place);
    return () => (this.#inputs = this.#inputs.filter((other) => other !== place));
  }

  /** A field is left: what was wrong and is right now need not be read any longer. */
  left(name: keyof V): void {
    const wrong = this.#check(name);
    // An empty field that is passed by is not wrong yet.
    if (wrong === 'required' && !this.#problems[name]) return;
    this.#set(name, wrong);
  }

  /** Typing makes an old complaint go away, never brings a new one. */
  typed(name: keyof V): void {
    if (this.#problems[name] && !this.#check(name)) this.#set(name, null);
  }

  /** Sends what is typed in if all is right, else leads to the first field that is not. */
  async submit(): Promise<boolean> {
    if (this.busy) return false;
    this.refusal = null;
    this.#keep(Object.keys(this.rules).map((name) => [name, this.#check(name)]));
    if (this.#wrong) {
      await this.#leadToProblem();
      return false;
    }
    this.busy = true;
    try {
      await this.send($state.snapshot(this.values) as V);
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    } finally {
      this.busy = false;
      await this.#leadToProblem();
    }
  }

  #check(name: keyof V): Problem | null {
    return this.rules[name](this.values[name] ?? '', this.values);
  }

  #set(name: keyof V, problem: Problem | null): void {
    this.#keep([
      ...Object.entries(this.#problems).filter(([other]) => other !== name),
      [name, problem],
    ]);
  }

  #refuse(error: unknown): void {
    const told = error instanceof ApiError ? error.fields : [];
    for (const { field, code } of told) {
      const name = this.aliases[field] ?? field;
      if (Object.hasOwn(this.rules, name)) this.#set(name, problemOf(code));
    }
    if (!this.#wrong) this.refusal = refusalOf(error);
  }

  #keep(found: (readonly [PropertyKey, Problem | null | undefined])[]): void {
    const wrong = found.filter(([, problem]) => problem);
    this.#problems = Object.fromEntries(wrong) as Problems<V>;
  }

  get #wrong(): boolean {
    return Object.keys(this.#problems).length > 0;
  }

  async #leadToProblem(): Promise<void> {
    // What is wrong has to stand beside the field before it is read out.
    await tick();
    this.#inputs.find(({ name }) => this.#problems[name])?.input.focus();
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Unreachable) return { kind: 'offline' };
  if (error instanceof ApiError) {
    const { code, retryAfterS } = error;
    if (code === 'wrong_credentials' || code === 'reset_expired') return { kind: code };
    if (code === 'too_many_requests') {
      return { kind: code, minutes: Math.max(1, Math.ceil((retryAfterS ?? 60) / 60)) };
    }
  }
  console.error(error);
  return { kind: 'server' };
}
