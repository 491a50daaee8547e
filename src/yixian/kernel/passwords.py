"""密码规则: passwords that names, repetition or common words make easy to guess (ASVS 5.0, 6.2.11 and 6.2.12).

Django's own rules refuse twenty thousand common passwords and what resembles the user name as a whole; these look at what a
password is made of.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_DISTINCT = 5
_LEFT = 6
"""Signs that must be left of a password when names and common words are taken away."""

_WORDS = (
    *("yixian", "yimin", "yongshan", "resettlement", "county", "一线", "移民", "登录", "密码"),
    *(
        "woaini",
        "woaizhongguo",
        "zhongguo",
        "aini",
        "mima",
        "denglu",
        "guanliyuan",
        "xinxing",
        "nihao",
        "dajiahao",
    ),
    *(
        "password",
        "passw0rd",
        "p@ssw0rd",
        "admin",
        "administrator",
        "welcome",
        "letmein",
        "iloveyou",
        "qwertyuiop",
    ),
    *(
        "qwerty",
        "asdfgh",
        "zxcvbn",
        "1qaz2wsx",
        "1q2w3e4r",
        "qazwsx",
        "abc",
        "aa123",
        "root",
        "test",
        "user",
        "guest",
    ),
    *(
        "5201314",
        "1314520",
        "520",
        "1314",
        "147258",
        "258369",
        "741852",
        "112233",
        "123123",
        "321",
        "0123456789",
    ),
    *(
        "1234567890",
        "123456789",
        "12345678",
        "1234567",
        "123456",
        "12345",
        "1234",
        "123",
        "654321",
        "888",
        "666",
        "168",
    ),
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?")


class GuessablePassword:
    """Refuses what is made of few signs, of a repeated piece, or of names, common words and dates."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` with what to do."""
        if len(set(password)) < _DISTINCT or _is_repeated(password):
            raise ValidationError(
                _("The password repeats itself. Use several words."), code="password_repeats"
            )
        if len(_left_of(password, _names_of(user))) < _LEFT:
            raise ValidationError(
                _("The password is made of a name or of what many people choose. Use other words."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """What the page says beside the field."""
        return str(_("Neither your name nor what many people choose, and nothing repeated."))


def _is_repeated(password: str) -> bool:
    """Whether it is one piece again and again, whatever stands between: surveyor-surveyor."""
    plain = re.sub(r"[\W_]+", "", password.lower())
    return re.fullmatch(r"(.+?)\1+", plain) is not None


def _left_of(password: str, names: tuple[str, ...]) -> str:
    plain = password.lower()
    for word in sorted((*names, *_WORDS), key=len, reverse=True):
        plain = plain.replace(word, "")
    return re.sub(r"[\W_]+", "", _YEAR.sub("", plain))


def _names_of(user: Any) -> tuple[str, ...]:
    """The user name, its parts, and the name shown."""
    given = (str(getattr(user, "username", "") or ""), str(getattr(user, "display_name", "") or ""))
    parts = {part for name in given for part in (name, *re.split(r"[\W_]+", name))}
    return tuple(part.lower() for part in parts if len(part) > 1)
