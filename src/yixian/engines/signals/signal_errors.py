"""错误: what the engine of early signals refuses."""

from __future__ import annotations


class SignalsError(Exception):
    """Base of all refusals of this engine."""

    key = "signals"


class RowsInvalid(SignalsError):
    """Some row cannot be so; the message names it and nothing was reckoned."""

    key = "signals.rows_invalid"
