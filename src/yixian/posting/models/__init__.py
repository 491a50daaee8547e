"""The tables of postings."""

from yixian.posting.models.list_lock import ListLock, ListLockAgreement
from yixian.posting.models.objection import Objection, ObjectionAnswer
from yixian.posting.models.posting import PostedLine, Posting, PostingEvent

__all__ = [
    "ListLock",
    "ListLockAgreement",
    "Objection",
    "ObjectionAnswer",
    "PostedLine",
    "Posting",
    "PostingEvent",
]
