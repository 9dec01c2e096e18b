import { describe, expect, it, vi } from 'vitest';
import { ApiError, Unreachable } from '../api/errors';
import { Form } from './form.svelte';
import { loginId, required } from './validation';

function world(send: (values: { login_id: string; password: string }) => Promise<void>) {
  const focused: string[] = [];
  const form = new Form(
    { login_id: '', password: '' },
    { login_id: loginId, password: required },
    send,
    {
      secret: 'password',
    },
  );
  for (const name of ['login_id', 'password'] as const) {
    form.place(name, { focus: () => focused.push(name) } as unknown as HTMLElement);
  }
  return { form, focused };
}

const refused = (...fields: [string, string][]) =>
  new ApiError(
    422,
    'invalid_input',
    'no',
    fields.map(([field, code]) => ({ field, code })),
  );

describe('a form', () => {
  it('sends nothing while something is wrong, and leads to the first of it', async () => {
    const send = vi.fn();
    const { form, focused } = world(send);
    form.values.login_id = 'minji1234';
    expect(await form.submit()).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect(form.problem('login_id')).toBeNull();
    expect(form.problem('password')).toBe('required');
    expect(focused).toEqual(['password']);
  });

  it('sends what was typed, once', async () => {
    const sent: unknown[] = [];
    const { form, focused } = world(async (values) => void sent.push(values));
    form.values = { login_id: 'minji1234', password: 'secret' };
    expect(await Promise.all([form.submit(), form.submit()])).toEqual([true, false]);
    expect(sent).toEqual([{ login_id: 'minji1234', password: 'secret' }]);
    expect(focused).toEqual([]);
    expect(form.busy).toBe(false);
  });

  it('shows what the server finds wrong beside the fields, and leads there', async () => {
    const { form, focused } = world(async () => {
      throw refused(['login_id', 'taken'], ['secret', 'too_common'], ['toString', 'too_long']);
    });
    form.values = { login_id: 'minji1234', password: 'secret' };
    expect(await form.submit()).toBe(false);
    expect(form.problem('login_id')).toBe('taken');
    expect(form.problem('password')).toBe('too_common');
    expect(form.refusal).toBeNull();
    expect(focused).toEqual(['login_id']);
  });

  it.each([
    [new ApiError(401, 'wrong_credentials', ''), { kind: 'wrong_credentials' }],
    [new ApiError(410, 'reset_expired', ''), { kind: 'reset_expired' }],
    [new ApiError(429, 'too_many_requests', '', [], 61), { kind: 'too_many_requests', minutes: 2 }],
    [new ApiError(429, 'too_many_requests', ''), { kind: 'too_many_requests', minutes: 1 }],
    [new Unreachable('gone'), { kind: 'offline' }],
    [new ApiError(500, 'internal_error', ''), { kind: 'server' }],
    [refused(['nowhere', 'too_long']), { kind: 'server' }],
  ])('says why it was refused: %s', async (error, refusal) => {
    const { form } = world(async () => {
      throw error;
    });
    form.values = { login_id: 'minji1234', password: 'secret' };
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await form.submit()).toBe(false);
    expect(form.refusal).toEqual(refusal);
    vi.restoreAllMocks();
  });

  it('complains about a field when it is left, not while it is filled in or passed by', () => {
    const { form } = world(async () => undefined);
    form.left('login_id');
    expect(form.problem('login_id')).toBeNull();
    form.values.login_id = 'min';
    form.typed('login_id');
    expect(form.problem('login_id')).toBeNull();
    form.left('login_id');
    expect(form.problem('login_id')).toBe('too_short');
    form.values.login_id = 'minji12';
    form.typed('login_id');
    expect(form.problem('login_id')).toBe('too_short');
    form.values.login_id = 'minji1234';
    form.typed('login_id');
    expect(form.problem('login_id')).toBeNull();
  });
});
