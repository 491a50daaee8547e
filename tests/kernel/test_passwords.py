"""密码规则: what is easily guessed is refused, and a sentence of one's own is not."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from yixian.kernel.models import User

USER = User(username="li.ming", display_name="李明")


@pytest.mark.parametrize(
    "password",
    [
        "surveyor-surveyor",
        "aaaaaaaaaaaa",
        "abcabcabcabcabc",
        "LiMing20261130",
        "li.ming-li.ming-1",
        "woaini5201314",
        "Yixian@2026123456",
        "password123456",
        "1qaz2wsx1q2w3e4r",
        "short words",
    ],
)
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, USER)


@pytest.mark.parametrize(
    "password",
    [
        "river-and-mountain",
        "山高水长四十年不变的乡音",
        "kuai7-tian9-mo2zhu",
        "long-enough-words-7",
        "front-line-demo",
    ],
)
def test_several_words_of_ones_own_are_taken(password: str) -> None:
    validate_password(password, USER)
