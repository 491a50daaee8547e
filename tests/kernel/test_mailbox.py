"""收件箱: no mail is lost, whenever the line breaks, and none is done twice where its number is looked at."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.kernel.post_office import PASSWORD, USER, PostOffice, open_post_office
from yixian.domain.mail import read_mail
from yixian.domain.mail.mail_parser import MAX_BYTES
from yixian.kernel.mailbox import MailboxSettings, MailboxUnreachable, _quoted, open_mailbox


def letter(number: int, body: str = "") -> bytes:
    return (
        f"From: someone@example.com\r\nMessage-ID: <{number}@example.com>\r\nSubject: {number}\r\n\r\n{body}"
    ).encode()


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office(PostOffice()) as open_one:
        yield open_one


def settings_of(office: PostOffice, **changed: str) -> MailboxSettings:
    settings = MailboxSettings("127.0.0.1", USER, PASSWORD, port=office.port, tls=False, timeout=5)
    return replace(settings, **changed)


def take_all(settings: MailboxSettings, kept: dict[str, bytes], times: list[str] | None = None) -> None:
    """What a room does: keep each mail once by its number, then say that it is done."""
    with open_mailbox(settings) as box:
        for uid, content in box.fetch_unseen():
            number = read_mail(content).message_id
            if times is not None:
                times.append(number)
            kept.setdefault(number, content)
            box.mark_done(uid)


def test_every_mail_comes_once_and_in_its_order(office: PostOffice) -> None:
    sent = [letter(number, "补偿\r\n)\r\n* 9 FETCH (") for number in range(12)]
    for one in sent:
        office.put(one)
    office.put(letter(99), "Seen")
    kept: dict[str, bytes] = {}
    take_all(settings_of(office), kept)
    assert list(kept.values()) == sent
    take_all(settings_of(office), again := {})
    assert again == {}


def test_looking_marks_nothing(office: PostOffice) -> None:
    uid = office.put(letter(1))
    with open_mailbox(settings_of(office)) as box:
        assert [found for found, _content in box.fetch_unseen()] == [str(uid)]
        assert office.flags[uid] == set()
        box.mark_done(str(uid))
        box.mark_done(str(uid))
    assert office.flags[uid] == {"Seen"}


@pytest.mark.parametrize("abilities", ["IMAP4rev1 MOVE", "IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def test_with_a_folder_for_what_is_done_a_mail_that_somebody_read_is_not_lost(
    office: PostOffice, abilities: str
) -> None:
    office.abilities = abilities
    office.put(letter(1), "Seen")
    office.put(letter(2))
    office.put(letter(3), "Deleted")
    kept: dict[str, bytes] = {}
    take_all(settings_of(office, done_folder="已办"), kept)
    assert list(kept.values()) == [letter(1), letter(2)]
    assert office.folders == {"&XfJSng-": [letter(1), letter(2)]}
    assert letter(3) in office.inbox.values(), "what somebody else struck off is not ours to remove"
    take_all(settings_of(office, done_folder="已办"), again := {})
    assert again == {}


@pytest.mark.parametrize("cut_after", [0, 1, 60, 79])
def test_a_line_that_breaks_in_the_middle_of_a_mail_loses_none(office: PostOffice, cut_after: int) -> None:
    for number in range(4):
        office.put(letter(number, "x" * 200))
    kept: dict[str, bytes] = {}
    seen: list[str] = []
    with pytest.raises(MailboxUnreachable) as caught, open_mailbox(settings_of(office)) as box:  # noqa: PT012
        for uid, content in box.fetch_unseen():
            seen.append(number := read_mail(content).message_id)
            kept[number] = content
            box.mark_done(uid)
            office.cut_after = cut_after
    assert caught.value.key == "mailbox.unreachable"
    assert seen == ["<0@example.com>"]
    take_all(settings_of(office), kept, seen)
    assert list(kept.values()) == [letter(number, "x" * 200) for number in range(4)]
    assert len(seen) == 4


@pytest.mark.parametrize("done_folder", ["", "Done"])
def test_a_line_that_breaks_after_marking_does_nothing_twice(office: PostOffice, done_folder: str) -> None:
    for number in range(3):
        office.put(letter(number))
    settings = settings_of(office, done_folder=done_folder)
    kept: dict[str, bytes] = {}
    seen: list[str] = []
    office.cut_marking = True
    with pytest.raises(MailboxUnreachable):
        take_all(settings, kept, seen)
    take_all(settings, kept, seen)
    assert sorted(kept) == sorted(seen) == [f"<{number}@example.com>" for number in range(3)]


def test_what_was_kept_but_not_marked_comes_again_and_is_kept_once(office: PostOffice) -> None:
    """The machine stops between the two; and the same mail lies in the inbox twice."""
    office.put(letter(1))
    office.put(letter(1))
    kept: dict[str, bytes] = {}
    seen: list[str] = []
    with open_mailbox(settings_of(office)) as box:
        for _uid, content in box.fetch_unseen():
            seen.append(number := read_mail(content).message_id)
            kept.setdefault(number, content)
            break
    take_all(settings_of(office), kept, seen)
    assert seen == ["<1@example.com>"] * 3
    assert list(kept) == ["<1@example.com>"]


def test_a_mail_that_somebody_removed_meanwhile_is_passed_over(office: PostOffice) -> None:
    first, second, third = office.put(letter(1)), office.put(letter(2)), office.put(letter(3))
    with open_mailbox(settings_of(office)) as box:
        found = box.fetch_unseen()
        assert next(found)[0] == str(first)
        del office.inbox[second]
        assert next(found)[0] == str(third)
        assert next(found, None) is None


def test_of_a_mail_without_end_one_byte_too_many_is_fetched(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yixian.kernel.mailbox.MAX_BYTES", 1000)
    office.put(letter(1, "x" * 5000))
    with open_mailbox(settings_of(office)) as box:
        [(_uid, content)] = box.fetch_unseen()
    assert len(content) == 1001
    assert MAX_BYTES > 50 * 1024 * 1024


def test_providers_that_want_a_name_are_told_it(office: PostOffice) -> None:
    office.must_say_its_name = True
    office.put(letter(1))
    take_all(settings_of(office), kept := {})
    assert len(kept) == 1
    office.abilities = "IMAP4rev1"
    with pytest.raises(MailboxUnreachable), open_mailbox(settings_of(office)):
        pass


def test_a_wrong_password_is_a_refusal_that_does_not_repeat_it(office: PostOffice) -> None:
    settings = settings_of(office, password="wrong guess")
    with pytest.raises(MailboxUnreachable) as caught, open_mailbox(settings):
        pass
    assert "wrong guess" not in f"{caught.value} {settings!r}"


def test_nobody_there_is_a_refusal() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        settings = MailboxSettings("127.0.0.1", USER, PASSWORD, port=reserved.getsockname()[1], tls=False)
        with pytest.raises(MailboxUnreachable), open_mailbox(settings):
            pass


def test_the_caller_s_own_errors_are_not_taken_for_broken_lines(office: PostOffice) -> None:
    office.put(letter(1))

    def keep_nothing() -> None:
        with open_mailbox(settings_of(office)) as box:
            for _found in box.fetch_unseen():
                raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        keep_nothing()


@pytest.mark.parametrize(
    ("folder", "quoted"),
    [
        ("INBOX", '"INBOX"'),
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),  # the example of RFC 3501, 5.1.3
        ('a "b" \\ & c', '"a \\"b\\" \\\\ &- c"'),
    ],
)
def test_folders_are_named_as_imap_wants_it(folder: str, quoted: str) -> None:
    assert _quoted(folder) == quoted
