"""限度: how much a visit may hold. Beyond these somebody has made a mistake, or worse."""

MOST_WORDS = 4000
"""Characters of what was said."""

MOST_PROMISE_WORDS = 300
MOST_OTHERS = 200
MOST_NOTE = 1000
MOST_PROMISES = 5
MOST_PHOTOS = 6

SOON_DAYS = 7
"""A promise due within so many days stands before the visits that are due."""
