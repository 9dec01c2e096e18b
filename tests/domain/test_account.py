from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import get_args

import pytest

from today_feeling.domain.account import (
    FieldCode,
    SignUp,
    check_email,
    check_login_id,
    check_name,
    check_password,
)
from today_feeling.errors import InvalidFields


def code(check: Callable[[], object]) -> str:
    with pytest.raises(InvalidFields) as caught:
        check()
    (problem,) = caught.value.problems
    assert problem.code in get_args(FieldCode)
    assert problem.message
    return problem.code


@pytest.mark.parametrize(
    ("text", "kept"),
    [("jisoo2026", "jisoo2026"), (" JiSoo2026\n", "jisoo2026"), ("12345678", "12345678")],
)
def test_an_id_is_kept_in_small_letters(text: str, kept: str) -> None:
    assert check_login_id(text) == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "required"),
        ("  ", "required"),
        ("jisoo26", "too_short"),
        ("j" * 16, "too_long"),
        ("jisoo 2026", "letters_and_digits_only"),
        ("jisoo_2026", "letters_and_digits_only"),
        ("김지수김지수김지", "letters_and_digits_only"),
        ("jisoo２０２６", "letters_and_digits_only"),
        ("jisoo\u00002026", "letters_and_digits_only"),
    ],
)
def test_an_id_that_cannot_be(text: str, why: str) -> None:
    assert code(lambda: check_login_id(text)) == why


@pytest.mark.parametrize(
    "text",
    ["blue-tomato-sings", "12345679x", "비밀번호는비밀이야", " a b c d ", "x" * 120 + "abcdefgh"],
)
def test_a_password_needs_no_special_characters(text: str) -> None:
    assert check_password(text, "jisoo2026") == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "required"),
        ("1234567", "too_short"),
        ("비밀번호는비밀", "too_short"),
        ("x" * 129, "too_long"),
        ("password", "too_common"),
        ("PassWord1", "too_common"),
        ("qwertyuiop", "too_common"),
        ("1q2w3e4r", "too_common"),
        ("qlalfqjsgh", "too_common"),
        ("TodayFeeling", "too_common"),
        ("aaaaaaaaaaaa", "too_common"),
        ("121212121212", "too_common"),
        ("ｐａｓｓｗｏｒｄ", "too_common"),
        ("jisoo2026", "contains_id"),
        ("my-JISOO2026!", "contains_id"),
    ],
)
def test_a_password_that_others_guess_is_refused(text: str, why: str) -> None:
    assert code(lambda: check_password(text, "jisoo2026")) == why


def test_a_password_is_the_same_however_it_is_written() -> None:
    apart = unicodedata.normalize("NFD", "비밀번호는 비밀이야")
    assert check_password(apart, "jisoo2026") == "비밀번호는 비밀이야"


def test_only_a_possible_id_is_looked_for_in_the_password() -> None:
    assert check_password("blue-tomato-sings", "tomato")
    assert check_password("blue-tomato-sings", "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("김지수", "김지수"),
        (unicodedata.normalize("NFD", "김지수"), "김지수"),
        ("  Zoë \t  Müller ", "Zoë Müller"),
        ("a\nb\0c", "a b c"),
        ("\u202eevil", "evil"),
        ("नि\u200dक", "नि\u200dक"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("가" * 50, "가" * 50),
        ("O'Hara <b>", "O'Hara <b>"),
    ],
)
def test_a_name_is_of_any_script(text: str, kept: str) -> None:
    assert check_name(text) == kept


@pytest.mark.parametrize(
    ("text", "why"), [("", "required"), (" \n\u2028", "required"), ("가" * 51, "too_long")]
)
def test_a_name_that_cannot_be(text: str, why: str) -> None:
    assert code(lambda: check_name(text)) == why


@pytest.mark.parametrize(
    "text", ["a@b.kr", "Ji.Soo+music@mail.example.com", "x" * 64 + "@example.com"]
)
def test_an_address_is_kept_as_it_is(text: str) -> None:
    assert check_email(f" {text}\n") == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "required"),
        ("nobody", "not_an_email"),
        ("a@localhost", "not_an_email"),
        ("a@b@c.kr", "not_an_email"),
        ("a b@c.kr", "not_an_email"),
        ("a@b..kr", "not_an_email"),
        ("a@-b.kr", "not_an_email"),
        ("a@b.kr\nBcc: all@example.com", "not_an_email"),
        ("a@b.kr, c@d.kr", "not_an_email"),
        ("지수@example.com", "not_an_email"),
        ("a@" + "b." * 127 + "kr", "too_long"),
    ],
)
def test_an_address_that_cannot_be(text: str, why: str) -> None:
    assert code(lambda: check_email(text)) == why


def test_a_form_names_all_that_is_wrong_and_repeats_none_of_it() -> None:
    with pytest.raises(InvalidFields) as caught:
        SignUp.checked(login_id="my id", password="geheim", name="", email="geheim")
    assert [(each.field, each.code) for each in caught.value.problems] == [
        ("login_id", "too_short"),
        ("password", "too_short"),
        ("name", "required"),
        ("email", "not_an_email"),
    ]
    assert "geheim" not in str(caught.value)
