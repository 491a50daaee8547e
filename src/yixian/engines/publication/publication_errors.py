"""错误: what the publication engine refuses, each with a stable key."""

from __future__ import annotations


class PublicationError(Exception):
    """Base of all refusals of this engine."""

    key = "publication"


class TablesInvalid(PublicationError):
    """The tables contradict themselves or one another; nothing was decided."""

    key = "publication.tables_invalid"


class PeriodNotOver(PublicationError):
    """A period is published once, when it is over; until then its numbers would have to be revised."""

    key = "publication.period_not_over"


class PeriodsOverlap(PublicationError):
    """Some of the days were published before: the difference of the two would tell of the rest."""

    key = "publication.periods_overlap"


class AlreadyPublished(PublicationError):
    """The period was published with other tables; what was not published with it cannot be added."""

    key = "publication.already_published"


class ProofFailed(PublicationError):
    """The separate proof refused what the engine was about to publish: a defect of the engine, never of the data."""

    key = "publication.proof_failed"
