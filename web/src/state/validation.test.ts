import { describe, expect, it } from 'vitest';
import { again, email, loginId, newPassword, personName, problemOf, required } from './validation';

describe('what one types in', () => {
  it.each([
    ['', 'required'],
    ['minji12', 'too_short'],
    ['minji123', null],
    ['Minji1234567890', null],
    ['minji12345678901', 'too_long'],
    ['minji_1234', 'letters_and_digits_only'],
    ['김민지12345', 'letters_and_digits_only'],
    ['minji 1234', 'letters_and_digits_only'],
  ])('as an id: %j is %s', (text, problem) => {
    expect(loginId(text)).toBe(problem);
  });

  it.each([
    ['', 'required'],
    ['1234567', 'too_short'],
    ['correct horse', null],
    ['비밀번호는 여덟자', null],
    ['😀'.repeat(7), 'too_short'],
    ['😀'.repeat(128), null],
    ['a'.repeat(129), 'too_long'],
    ['my MINJI1234!', 'contains_id'],
    // Full-width letters are the same ones after NFKC.
    ['my ｍｉｎｊｉ1234', 'contains_id'],
  ])('as a password: %j is %s', (text, problem) => {
    expect(newPassword(text, 'minji1234')).toBe(problem);
  });

  it('a password may hold anything while there is no id', () => {
    expect(newPassword('correct horse', '')).toBeNull();
  });

  it.each([
    ['', 'required'],
    ['  ', 'required'],
    ['김', null],
    ['Zoë', null],
    ['x'.repeat(50), null],
    [` ${'x'.repeat(50)} `, null],
    ['x'.repeat(51), 'too_long'],
  ])('as a name: %j is %s', (text, problem) => {
    expect(personName(text)).toBe(problem);
  });

  it.each([
    ['', 'required'],
    ['minji@example.com', null],
    [' minji@example.com ', null],
    ["o'brien+songs@mail.example.co.kr", null],
    ['minji@localhost', 'not_an_email'],
    ['minji', 'not_an_email'],
    ['minji@', 'not_an_email'],
    ['min ji@example.com', 'not_an_email'],
    ['minji@exa_mple.com', 'not_an_email'],
    ['minji@example..com', 'not_an_email'],
    ['minji@-example.com', 'not_an_email'],
    [`${'x'.repeat(250)}@example.com`, 'too_long'],
  ])('as an e-mail address: %j is %s', (text, problem) => {
    expect(email(text)).toBe(problem);
  });

  it('a second time has to be the same', () => {
    expect(again('', 'abc')).toBe('required');
    expect(again('abd', 'abc')).toBe('differs');
    expect(again('abc', 'abc')).toBeNull();
    expect(required(' ')).toBeNull();
  });

  it('the server may find more wrong than we have words for', () => {
    expect(problemOf('taken')).toBe('taken');
    expect(problemOf('missing')).toBe('required');
    expect(problemOf('string_type')).toBe('invalid');
  });
});
