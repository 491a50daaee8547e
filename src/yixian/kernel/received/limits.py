"""限度: how much may come with one message. Beyond these somebody has made a mistake, or worse."""

MOST_PHOTOGRAPHS = 6
MOST_SOUNDS = 2
MOST_BYTES_IN_ALL = 50 * 1024 * 1024
