"""The kernel's tables."""

from yixian.kernel.models.attempt import Attempt, KnownNetwork
from yixian.kernel.models.change_stamp import ChangeStamp
from yixian.kernel.models.event import Event
from yixian.kernel.models.event_seal import EventSeal
from yixian.kernel.models.heartbeat import Heartbeat
from yixian.kernel.models.job import Job
from yixian.kernel.models.key_check import KeyCheck
from yixian.kernel.models.message import OutgoingMessage, SendingAttempt, WaitingMessage
from yixian.kernel.models.record_read import RecordRead
from yixian.kernel.models.search import SearchDocument
from yixian.kernel.models.user import RoleGrant, SignInCode, User

__all__ = [
    "Attempt",
    "ChangeStamp",
    "Event",
    "EventSeal",
    "Heartbeat",
    "Job",
    "KeyCheck",
    "KnownNetwork",
    "OutgoingMessage",
    "RecordRead",
    "RoleGrant",
    "SearchDocument",
    "SendingAttempt",
    "SignInCode",
    "User",
    "WaitingMessage",
]
