"""自动邮件: whether a mail was written by a machine by itself — an answer while somebody is away, or word of a mail that did
not arrive — and whether a machine may answer it.

Many such mails bear no head that says so; they are known by what they are made of, by who sends them and by how their subject
begins. A person's mail that came through a list or a form on a web page is a person's: it is read, whatever its heads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import Message
from typing import Final

AUTO_REPLY: Final = "auto_reply"
UNDELIVERABLE: Final = "undeliverable"
RECEIPT: Final = "receipt"
BULK: Final = "bulk"

_REPLY_HEADS = (
    "x-autoreply",
    "x-autoreply-from",
    "x-auto-reply",
    "x-autorespond",
    "x-autoresponder",
    "x-mail-autoreply",
    "x-vacation",
    "x-away",
    "x-qq-autoreply",
    "x-coremail-autoreply",
)
"""Heads by which programs from before RFC 3834, and some since, say that they answer by themselves."""

_REPLY_SUBJECT = re.compile(
    r"(?:re\s*[:：]\s*)?[\[【(（<]?\s*(?:自动(?:回复|答复|应答)|自動(?:回覆|回復|答覆)|(?:外出|休假|离开|不在办公室)(?:时的)?自动(?:回复|答复)"
    r"|auto(?:matic|mated)?[ -]?(?:reply|response|respond(?:er)?|answer)|auto|out[ -]of[ -](?:the[ -])?office"
    r"|vacation (?:reply|response|notice)|away from (?:my )?(?:mail|office)|automatische antwort|abwesenheitsnotiz"
    r"|réponse automatique|respuesta automática|risposta automatica|автоответ)\s*(?:[\]】)）>]|[:：]|$|\bre\s*[:：])",
    re.IGNORECASE,
)
_UNDELIVERED_SUBJECT = re.compile(
    r"(?:系统)?退信(?:通知)?\s*(?:[:：]|$)|来自.{1,60}的退信|邮件(?:发送失败|无法投递|投递失败)|undeliver(?:able|ed)\b"
    r"|(?:mail )?delivery (?:status notification|fail(?:ed|ure)|has failed)|mail delivery (?:failed|system)|failure notice\s*$"
    r"|returned mail\b|non[ -]?delivery|message (?:not|could not be) delivered",
    re.IGNORECASE,
)
_READ_SUBJECT = re.compile(r"(?:已读|未读|已阅读|read|not read)\s*[:：]", re.IGNORECASE)
_AWAY = re.compile(
    r"自动(?:回复|答复|应答|发送|发出)|無法親自|无法亲自|不能亲自"
    r"|(?:休假|度假|放假|假期|年假|产假|外出|出差|不在(?:办公室|岗|单位))[^。！\n]{0,20}(?:无法|不能|没法|暂不|未能)"
    r"[^。！\n]{0,10}(?:回复|回信|查收|查看|处理)"
    r"|(?:来信|邮件|来件)(?:我)?(?:已经?|均已)(?:收到|收悉)[^\n]{0,30}(?:尽快|稍后|及时)[^\n]{0,8}(?:回复|答复|联系|处理)"
    r"|out of (?:the )?office|on (?:vacation|annual leave|holiday)|automat(?:ic|ed) (?:reply|response|message)"
    r"|do not reply to this",
    re.IGNORECASE,
)
_MAX_AWAY = 300
"""Characters of such a word; whoever writes more has something to say."""

_DAEMON = re.compile(r"(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster)(?:@|$)", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:(?:do[-_.]?)?not?[-_.]?reply|noreply|bounces?|notifications?|alerts?|automailer|newsletter)(?:[-_.+=][^@]*)?@",
    re.IGNORECASE,
)
"""Addresses that nobody reads: an answer there comes back, or is answered by another machine."""

_BULK = frozenset({"bulk", "junk"})


def automatic_kind(message: Message, head: Callable[[str], str], sender: str, subject: str) -> str:
    """Why a mail is no person's (`AUTO_REPLY`, `UNDELIVERABLE`, `RECEIPT`, `BULK`), "" where it may be one.

    ``head`` reads a head by its name in small letters, "" where there is none.
    """
    report = _report(message)
    if report == "disposition-notification" or _READ_SUBJECT.match(subject):
        return RECEIPT
    if report or _DAEMON.match(sender) or _UNDELIVERED_SUBJECT.match(subject):
        return UNDELIVERABLE
    if head("x-failed-recipients"):
        return UNDELIVERABLE
    said = head("auto-submitted").lower()
    if said.startswith("auto-replied") or any(head(name) for name in _REPLY_HEADS):
        return AUTO_REPLY
    if head("precedence").lower() == "auto_reply" or _REPLY_SUBJECT.match(subject):
        return AUTO_REPLY
    if head("return-path") == "<>":
        return AUTO_REPLY
    is_list = head("list-id") or head("list-post")
    return BULK if head("precedence").lower() in _BULK and not is_list else ""


def must_not_be_answered(head: Callable[[str], str], sender: str, text: str) -> bool:
    """Whether no machine must answer it, though it may well hold a person's words: a form's, a newsletter's, one from an
    address that nobody reads, or a few words such as a machine sends while somebody is away.
    """
    if _NOBODY.match(sender) or _DAEMON.match(sender):
        return True
    said = head("auto-submitted").lower()
    is_machine = (bool(said) and not said.startswith("no")) or head("precedence").lower() in _BULK
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">")).strip()
    return is_machine or (len(own) <= _MAX_AWAY and _AWAY.search(own) is not None)


def _report(message: Message) -> str:
    """The kind of a report that a mail is (RFC 3462), "" for none."""
    for part in message.walk() if message.is_multipart() else (message,):
        kind = part.get_content_type()
        if kind == "multipart/report":
            return str(part.get_param("report-type") or "delivery-status").lower()
        if kind in {"message/delivery-status", "message/disposition-notification"}:
            return kind.removeprefix("message/")
        if kind == "message/rfc822":
            break  # what somebody forwards is theirs to forward
    return ""
