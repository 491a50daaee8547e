"""限度: how much a matter may hold. Beyond these somebody has made a mistake, or worse."""

MOST_WORDS = 5000
"""Characters of what is raised, of a message, of a record or of the grounds of a decision."""

MOST_WANTED = 1000
MOST_NAME = 60
MOST_PHONE = 30
MOST_EMAIL = 120
MOST_REASON = 500
MOST_CLAUSE = 120
MOST_REPRESENTATIVES = 5
"""Regulations on petition work (2022): at most five speak for many."""

MOST_JOINT = 100_000
MOST_CLAUSES = 5

RECEIPT_DIGITS = 16
NUMBER_DIGITS = 10

READ_FOR_HOURS = 24
"""For so long whoever opened an identity with a reason need not give one again."""
