"""限度: how much may be written down at once. Beyond these somebody has made a mistake, or worse."""

MAX_WORDS = 800
"""Characters of one question; with the line that it is about it still fits the policy desk's form."""

MAX_NOTE = 1000
MAX_NAME = 60
MAX_QUESTIONS = 10
"""Questions at one explanation; whoever has more has not been explained anything yet."""

MAX_OBJECTIONS = 10

MAX_DECISION = 300
MAX_POINTS = 6
MAX_SPEAKERS = 20
