"""说法: the sentences of refusals in the reader's language.

An error carries an English sentence. Where the sentence holds no values it is itself the message id; where it does,
the pattern stands here under the error's key, and its ``params`` fill it.
"""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import YixianError

PATTERNS = {
    "throttle.wait": _("Too many wrong guesses. Please wait %(seconds)s seconds and try again."),
}


def told(error: YixianError) -> str:
    """The error's sentence in the language of the request."""
    pattern = PATTERNS.get(error.key)
    if pattern is not None and error.params:
        return str(pattern) % error.params
    return gettext(error.message) if error.message else ""
