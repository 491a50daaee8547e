"""限度: how much a matter may hold. Beyond these somebody has made a mistake, or worse."""

MAX_WORDS = 5000
"""Characters of what is raised, of a message, of a record or of the grounds of a decision."""

MAX_WANTED = 1000
MAX_LINE = 200
"""Characters that say which line of an account or a survey is meant, in words."""

MAX_NAME = 60
MAX_PHONE = 30
MAX_EMAIL = 120
MAX_REASON = 500
MAX_CLAUSE = 120
MAX_REPRESENTATIVES = 5
"""Regulations on petition work (2022): at most five speak for many."""

MAX_JOINT = 100_000
MAX_CLAUSES = 5

RECEIPT_DIGITS = 16
NUMBER_DIGITS = 10

READ_FOR_HOURS = 24
"""For so long whoever opened an identity with a reason need not give one again."""
