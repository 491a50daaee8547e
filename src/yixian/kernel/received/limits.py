"""限度: how much may come with one message. Beyond these somebody has made a mistake, or worse."""

MAX_PHOTOGRAPHS = 6
MAX_VOICE_NOTES = 2
MAX_TOTAL_BYTES = 50 * 1024 * 1024
