"""限度: how much a visit may hold. Beyond these somebody has made a mistake, or worse."""

MAX_WORDS = 4000
"""Characters of what was said."""

MAX_PROMISE_WORDS = 300
MAX_OTHERS = 200
MAX_NOTE = 1000
MAX_PROMISES = 5
MAX_PHOTOS = 6

SOON_DAYS = 7
"""A promise due within so many days stands before the visits that are due."""
