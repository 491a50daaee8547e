"""电子邮件: read as it was meant, whatever program wrote it, and refused with a reason where it cannot be."""

from __future__ import annotations

import base64
import quopri
import random
from datetime import UTC, datetime, timedelta, timezone
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs import examples
from yixian.domain.mail import Mail, MailUnreadable, mail_parser, read_mail
from yixian.domain.mail.html_text import page_text
from yixian.domain.mail.mail_parser import MAX_BYTES, MAX_FILE_BYTES, MAX_PARTS, MAX_TEXT_BYTES

SUBJECT = "关于黄坪村三组土地补偿的来信（第二次）：至今没有答复，请尽快处理"
BODY = "移民局：\n\n我叫吉克·阿依，2013年修的房，一直没有补。𠮷田埂也没算。"
OLD_BODY = "移民局：\n\n我叫张小芳，家里房屋的面积量少了。"
"""What GB 2312 alone can write."""


def plain(body: bytes, charset: str, encoding: str = "8bit", **heads: str) -> bytes:
    lines = {"From": "a@example.com", "Subject": "x", "Message-ID": "<1@example.com>"}
    lines |= {name.replace("_", "-"): value for name, value in heads.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    kind = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return (head + kind).encode("utf-8", "surrogateescape") + body


def key_of(content: bytes) -> str:
    with pytest.raises(MailUnreadable) as caught:
        read_mail(content)
    return caught.value.key


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("charset", "written_in"),
    [
        ("gb18030", "gb18030"),
        ("GB2312", "gb18030"),  # as most mail programs here do it
        ('"gbk"', "gb18030"),
        ("utf-8", "utf-8"),
        ("UTF-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("us-ascii", "gb18030"),
        ("x-unknown", "gb18030"),
        ("utf-8", "gb18030"),  # said wrongly
        ("rot13", "utf-8"),
        ("utf-16le", "utf-16le"),
    ],
)
def test_a_body_is_read_as_it_was_meant(charset: str, written_in: str, encoding: str) -> None:
    content = BODY.encode(written_in)
    if encoding == "base64":
        content = base64.encodebytes(content)
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content)
    elif written_in == "utf-16le":
        return  # no mail can carry it bare
    assert read_mail(plain(content, charset, encoding)).text == BODY


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "hz", "big5"])
def test_older_charsets(charset: str) -> None:
    body = OLD_BODY if charset != "big5" else "移民局：\n\n房屋的面積量少了。"
    named = {"hz": "hz-gb-2312"}.get(charset, charset)
    assert read_mail(plain(body.encode(charset), named)).text == body


@pytest.mark.parametrize(
    "raw",
    [
        Header(SUBJECT, "utf-8").encode(),
        Header(SUBJECT, "gb18030").encode(),
        Header(SUBJECT, "gb2312").encode(),
        Header(SUBJECT, "utf-8", maxlinelen=30).encode(),
        SUBJECT.encode().decode("utf-8", "surrogateescape"),
        SUBJECT.encode("gb18030").decode("utf-8", "surrogateescape"),
        "=?utf-8?Q?" + quopri.encodestring(SUBJECT.encode(), header=True).decode().replace("=\n", "") + "?=",
        "=?UTF-8*zh-CN?b?" + base64.b64encode(SUBJECT.encode()).decode().rstrip("=") + "?=",
    ],
)
def test_a_subject_is_read_as_it_was_meant(raw: str) -> None:
    assert read_mail(plain(b"x", "utf-8", Subject=raw)).subject == SUBJECT


def test_a_character_cut_in_two_between_words_is_whole_again() -> None:
    written = SUBJECT.encode("gbk")
    cuts = [0, 7, 20, 21, 33, len(written)]
    words = [f"=?gbk?B?{base64.b64encode(written[a:b]).decode()}?=" for a, b in pairwise(cuts)]
    assert read_mail(plain(b"x", "utf-8", Subject="\r\n ".join(words))).subject == SUBJECT
    assert (
        read_mail(plain(b"x", "utf-8", Subject=f"Re: {' '.join(words)} (2)")).subject == f"Re: {SUBJECT} (2)"
    )


def test_who_sent_it_and_when() -> None:
    name = Header("张小芳", "gbk").encode()
    mail = read_mail(
        plain(b"x", "utf-8", From=f'"{name}" <Fang@Example.com>', Date="Thu, 5 Mar 2026 14:20:00 +0800")
    )
    assert (mail.sender_name, mail.sent_from) == ("张小芳", "Fang@Example.com")
    assert mail.sent_at == datetime(2026, 3, 5, 14, 20, tzinfo=timezone(timedelta(hours=8)))
    assert mail.message_id == "<1@example.com>"
    bare = read_mail(
        plain(b"x", "utf-8", From="张小芳 <f@example.com>", Date="Thu, 5 Mar 2026 06:20:00 -0000")
    )
    assert (bare.sender_name, bare.sent_from) == ("张小芳", "f@example.com")
    assert bare.sent_at == datetime(2026, 3, 5, 6, 20, tzinfo=UTC)
    assert read_mail(plain(b"x", "utf-8", Date="yesterday, 99 Foo 20261")).sent_at is None


def test_a_mail_without_a_number_has_one_of_its_own_bytes() -> None:
    first, second = (b"From: a@example.com\r\nSubject: x\r\n\r\n" + body for body in (b"1", b"2"))
    assert read_mail(first).message_id == read_mail(first).message_id != read_mail(second).message_id
    assert read_mail(first).message_id == f"sha256:{read_mail(first).digest}"
    for bad in ("<a b@c>", "no brackets", "<" + "x" * 5000 + ">", "<\u00fc@example.com>"):
        assert read_mail(plain(b"x", "utf-8", Message_ID=bad)).message_id.startswith("sha256:")


def test_files_come_with_their_names_and_bytes() -> None:
    letter = MIMEMultipart()
    letter["From"], letter["Subject"] = "a@example.com", "x"
    letter.attach(MIMEText(BODY, "plain", "gb18030"))
    files = {"土地证.jpg": b"\xff\xd8\xff\x00\r\n\x00", "录音.amr": b"#!AMR\n\x04"}
    for name, content in files.items():
        part = MIMEApplication(content)
        part.add_header("Content-Disposition", "attachment", filename=("gbk", "", name))
        letter.attach(part)
    mail = read_mail(letter.as_bytes())
    assert mail.text == BODY
    assert mail.files == tuple(files.items())


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="=?gb18030?B?zcG12NakLmpwZw==?="', "土地证.jpg"),
        ("attachment; filename*=utf-8''%E5%9C%9F%E5%9C%B0%E8%AF%81.jpg", "土地证.jpg"),
        ("attachment; filename*0*=gb2312''%CD%C1%B5%D8; filename*1*=%D6%A4.jpg", "土地证.jpg"),
        ("attachment; filename*=x-nothing''%CD%C1%B5%D8%D6%A4.jpg", "土地证.jpg"),
        ('attachment; filename="土地证.jpg"', "土地证.jpg"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\x\\\\a.jpg"', "a.jpg"),
        ('attachment; filename="gpj.\u202eexe"', "gpj.exe"),
        ('attachment; filename=".."', "1"),
        ("attachment", "1"),
        ("attachment; filename*=", "1"),
        (f'attachment; filename="{"x" * 999}"', "x" * 120),
    ],
)
def test_a_file_s_name_leads_nowhere(disposition: str, name: str) -> None:
    head = "From: a@example.com\r\nSubject: x\r\nContent-Type: application/octet-stream\r\n"
    mail = read_mail((head + f"Content-Disposition: {disposition}\r\n\r\nabc").encode())
    assert mail.files == ((name, b"abc"),)


def test_a_name_in_bare_gbk_is_read() -> None:
    head = b'From: a@example.com\r\nSubject: x\r\nContent-Type: image/jpeg; name="' + "土地证.jpg".encode(
        "gbk"
    )
    mail = read_mail(head + b'"\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj')
    assert mail.files == (("土地证.jpg", b"abc"),)


PAGE = """<!doctype html><html><head><title>no title</title><style>p{color:red}</style></head><body>
<script>alert("no script")</script><p>移民局：</p><p>我家的<b>房子</b>没有&nbsp;补，<br>差 3 &lt; 4 间。</p>
<table><tr><td>主房</td><td>砖混</td></tr><tr><td>厨房</td><td>土木</td></tr></table>
<ul><li>一</li><li>二</li></ul><img src="http://tracker.example/p.gif" alt="印章"><style/>
<div>谢谢</div><blockquote><p>您的来信收到了。</p><blockquote>再问一次</blockquote></blockquote></body></html>"""

SEEN = (
    "移民局：\n\n我家的房子没有\u00a0补，\n差 3 < 4 间。\n\n主房\t砖混\n厨房\t土木\n\n· 一\n· 二\n\n[印章]\n谢谢\n\n"
    "> 您的来信收到了。\n>\n> > 再问一次"
)


def html_mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.com", "x"
    return message


def test_a_page_is_read_as_it_is_seen() -> None:
    message = html_mail()
    message.set_content(PAGE, subtype="html", charset="gb18030")
    assert read_mail(message.as_bytes()).text == SEEN


def test_of_a_page_and_its_plain_form_the_plain_one_is_read_once() -> None:
    message = html_mail()
    message.set_content(BODY)
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"abc", maintype="image", subtype="png", filename="a.png")
    mail = read_mail(message.as_bytes())
    assert (mail.text, mail.files) == (BODY, (("a.png", b"abc"),))


def test_where_the_plain_form_is_empty_the_page_is_read() -> None:
    message = html_mail()
    message.set_content(" \n")
    message.add_alternative(PAGE, subtype="html")
    assert read_mail(message.as_bytes()).text == SEEN


def test_pictures_inside_a_page_are_kept_as_files() -> None:
    message = html_mail()
    message.set_content(BODY)
    message.add_alternative("<p>x</p>", subtype="html")
    message.get_payload()[1].add_related(
        b"abc", maintype="image", subtype="png", cid="<1>", filename="章.png"
    )
    only_page = html_mail()
    only_page.set_content("<p>看图<img src='cid:1'></p>", subtype="html")
    only_page.add_related(b"abc", maintype="image", subtype="png", cid="<1>", filename="章.png")
    assert read_mail(only_page.as_bytes()).files == (("章.png", b"abc"),)
    assert read_mail(only_page.as_bytes()).text == "看图"
    assert read_mail(message.as_bytes()).files == (("章.png", b"abc"),)
    assert read_mail(message.as_bytes()).text == BODY


def test_quoted_and_forwarded_mails_stay() -> None:
    quoted = BODY + "\n\n在 2026-03-05 14:20，移民局写道：\n> 您的来信收到了。\n>> 请问"
    assert read_mail(plain(quoted.encode(), "utf-8")).text == quoted
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "邻居 <b@example.com>", "房子"
    inner.set_content("我也没有补。")
    inner.add_attachment(b"abc", maintype="image", subtype="png", filename="b.png")
    outer = MIMEMultipart()
    outer["From"], outer["Subject"] = "a@example.com", "Fwd"
    outer.attach(MIMEText("请看", "plain", "utf-8"))
    outer.attach(MIMEMessage(inner))
    mail = read_mail(outer.as_bytes())
    assert mail.text == "请看\n\n>> 邻居 <b@example.com>\n>> 房子\n\n我也没有补。"
    assert mail.files == (("b.png", b"abc"),)


def test_a_text_file_is_a_file() -> None:
    message = html_mail()
    message.set_content(BODY)
    message.add_attachment("在里面", filename="说明.txt")
    mail = read_mail(message.as_bytes())
    assert mail.text == BODY
    assert [name for name, _content in mail.files] == ["说明.txt"]


@pytest.mark.parametrize(
    ("head", "value"),
    [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("Return-Path", "<>"), ("X-Autoreply", "yes")],
)  # fmt: skip
def test_what_a_machine_wrote_is_known(head: str, value: str) -> None:
    assert read_mail(plain(b"x", "utf-8", **{head: value})).automatic
    assert not read_mail(
        plain(b"x", "utf-8", **{"Auto-Submitted": "no", "Return-Path": "<a@example.com>"})
    ).automatic


def test_nothing_hides_in_what_is_read() -> None:
    trick = "=?utf-8?B?" + base64.b64encode("a\r\nBcc: x@example.com\u202e\x00b".encode()).decode() + "?="
    mail = read_mail(
        plain("付\u202e款\x00\u200b".encode(), "utf-8", Subject=trick, From=f"{trick} <a@example.com>")
    )
    assert mail.text == "付款"
    assert mail.subject == "a Bcc: x@example.comb"
    assert "\n" not in mail.sender_name + mail.sent_from


# ---- limits


def with_parts(parts: int, content: bytes = b"abc") -> bytes:
    letter = MIMEMultipart(boundary="b")
    letter["From"] = "a@example.com"
    for number in range(parts):
        part = MIMEApplication(content)
        part.add_header("Content-Disposition", "attachment", filename=f"{number}.jpg")
        letter.attach(part)
    return letter.as_bytes()


def test_twenty_parts_are_read_and_no_more() -> None:
    assert len(read_mail(with_parts(MAX_PARTS)).files) == MAX_PARTS
    assert key_of(with_parts(MAX_PARTS + 1)) == "mail.parts"
    assert key_of(with_parts(5000)) == "mail.parts"


def test_fifty_megabytes_of_files_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is where it says, whatever it is: reading fifty megabytes twice takes twenty seconds."""
    assert MAX_FILE_BYTES == 50 * 1024 * 1024
    assert key_of(b"From: a@example.com\r\n\r\n" + b"x" * MAX_BYTES) == "mail.large"
    monkeypatch.setattr(mail_parser, "MAX_FILE_BYTES", 2 * 1024 * 1024)
    half = 1024 * 1024
    assert sum(len(content) for _name, content in read_mail(with_parts(2, b"x" * half)).files) == 2 * half
    assert key_of(with_parts(2, b"x" * (half + 1))) == "mail.large"


def test_a_megabyte_of_text_is_read_and_no_more() -> None:
    assert len(read_mail(plain(b"x" * MAX_TEXT_BYTES, "utf-8")).text) == MAX_TEXT_BYTES
    assert key_of(plain(b"x" * (MAX_TEXT_BYTES + 1), "utf-8")) == "mail.long"


@pytest.mark.parametrize(
    ("depth", "key"), [(9, "mail.deep"), (60, "mail.deep"), (150, "mail.deep"), (3000, "mail.parts")]
)
def test_parts_within_parts_end_somewhere(depth: int, key: str) -> None:
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n" for number in range(depth)
    )
    assert key_of(f"From: a@example.com\r\n{opened}\r\nx".encode()) == key


def test_mails_within_mails_end_somewhere() -> None:
    content = "From: a@example.com\r\n" + "Content-Type: message/rfc822\r\n\r\n" * 5000 + "x"
    assert key_of(content.encode()) in {"mail.deep", "mail.damaged"}


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"\x00" * 99, b"hello", b"%PDF-1.7", random.Random(7).randbytes(9999)]
)
def test_what_is_no_mail_is_damaged(content: bytes) -> None:
    assert key_of(content) == "mail.damaged"


HEADS = ["From", "Subject", "Date", "Message-ID", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding",
         "Return-Path", "MIME-Version", "X"]  # fmt: skip
SCRAPS = st.one_of(
    st.sampled_from(
        [b"multipart/mixed; boundary=b", b'multipart/alternative; boundary="b', b"text/html; charset=gbk", b"text/plain",
         b"message/rfc822", b"attachment; filename*0*=gbk''%CD; filename*2=x", b"=?gbk?B?zcG=?=", b"=?x?Q?=ZZ?=", b"base64",
         b"quoted-printable", b"x-uuencode", b'"a <b@c', b"<>", b'; ;=;"', b'charset="\\', b"--b", b"--b--", b"<p><![x",
         b"Thu, 5 Mar 99999 25:61:00 +9999", b"begin 666 x\n#", b"(((((", b"[::1"]
    ),
    st.binary(max_size=20),
)  # fmt: skip
LINES = st.one_of(
    st.builds(lambda head, scrap: head.encode() + b": " + scrap, st.sampled_from(HEADS), SCRAPS),
    SCRAPS,
    st.just(b""),
)


@examples(1500, gate=400)
@given(st.lists(LINES, max_size=14))
def test_whatever_comes_is_read_or_refused_and_nothing_else(lines: list[bytes]) -> None:
    content = b"From: a@example.com\r\n" + b"\r\n".join(lines)
    try:
        mail = read_mail(content)
    except MailUnreadable:
        return
    assert isinstance(mail, Mail)
    assert mail.message_id
    for said in (
        mail.subject,
        mail.text,
        mail.sent_from,
        mail.sender_name,
        *(name for name, _file in mail.files),
    ):
        said.encode()
        assert "\x00" not in said
    assert all("/" not in name and "\\" not in name and name for name, _file in mail.files)


@given(st.text(alphabet="<>/!-[]&;#x\"'= \npreblockquotestylescrip", max_size=60))
def test_every_page_becomes_a_text(page: str) -> None:
    assert isinstance(page_text(page), str)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<!--[if mso]>x<![endif]-->一<![if !supportLists]>·<![endif]>二", "一·二"),
        ("<SCRIPT>var a = '<!--'</SCRIPT >一<style>p{}", "一"),
        ("一<!-- never closed <p>二", "一"),
        ("<svg><style>x</style><text>x</text></svg>一<select><option>x</select>二", "一二"),
        ("3 < 4, 5 > 4 &amp; <未闭合", "3 < 4, 5 > 4 & <未闭合"),
        ("<pre>一\n  二\n\n三</pre>四", "一\n  二\n\n三\n\n四"),
        ("<head>x<body>一</div></blockquote>二", "一\n\n二"),
    ],
)
def test_pages_as_word_processors_and_careless_people_write_them(page: str, text: str) -> None:
    assert page_text(page) == text


@pytest.mark.parametrize(
    "piece", ["<!--", "<![", "<script>", "<select></p>", "<blockquote><p>x", "<a href='", "< "]
)
def test_a_page_of_nothing_but_beginnings_is_read_in_one_go(piece: str) -> None:
    """A quarter of a megabyte each: the parser of the library alone would take minutes to hours."""
    assert isinstance(page_text(piece * (250_000 // len(piece))), str)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("自动回复: Your matter 0123456789", "auto_reply"),
        ("自动回复：您的事项", "auto_reply"),
        ("Re: [自动答复] 房子", "auto_reply"),
        ("Automatic reply: Your matter", "auto_reply"),
        ("Out of Office: back on Monday", "auto_reply"),
        ("Auto: Re: 您的事项", "auto_reply"),
        ("Undelivered Mail Returned to Sender", "undeliverable"),
        ("Delivery Status Notification (Failure)", "undeliverable"),
        ("系统退信", "undeliverable"),
        ("来自qq.com的退信", "undeliverable"),
        ("已读: 您的事项", "receipt"),
        ("自动回复太慢，没人管", ""),
        ("Automobile road through our field", ""),
        ("退信用社的钱", ""),
        ("房子的事", ""),
    ],
)  # fmt: skip
def test_what_a_machine_wrote_is_known_without_any_head(subject: str, kind: str) -> None:
    assert read_mail(plain("我正在休假。".encode(), "utf-8", Subject=subject)).automatic == kind


def test_a_report_is_known_by_what_it_is_made_of() -> None:
    report = (
        b"From: li@qq.com\r\nSubject: x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nnot delivered\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Action: failed\r\n\r\n--b--\r\n"
    )
    assert read_mail(report).automatic == "undeliverable"
    assert read_mail(plain(b"x", "utf-8", From="Mail Delivery System <MAILER-DAEMON@mx.example>")).automatic


@pytest.mark.parametrize(
    ("head", "value", "unanswered"),
    [
        ("Precedence", "list", False),
        ("Auto-Submitted", "auto-generated", True),
        ("Auto-Submitted", "no", False),
        ("X-Auto-Response-Suppress", "All", False),
    ],
)
def test_a_person_is_heard_through_a_list_or_a_form(head: str, value: str, *, unanswered: bool) -> None:
    found = read_mail(plain(b"x", "utf-8", **{head: value}))
    assert (found.automatic, found.unanswered) == ("", unanswered)


WORDS = "我家的房屋面积量少了，请复核。"


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("gbk", "iso-8859-1"),
        ("gbk", "windows-1252"),
        ("gb18030", "ISO-8859-1"),
        ("utf-8", "windows-1252"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "gb2312"),
        ("utf-8", "gbk"),
        ("gbk", "gb2312"),
    ],
)
def test_a_charset_is_read_as_it_was_meant(written: str, called: str) -> None:
    assert read_mail(plain(WORDS.encode(written), called)).text == WORDS


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Café à côté, l'été déjà passé", "iso-8859-1"),
        ("Straße, Größe, Übermaß", "windows-1252"),
        ("Мы живём у реки", "windows-1251"),
        ("Мы живём у реки", "koi8-r"),
        ("Příliš žluťoučký kůň", "iso-8859-2"),
    ],
)
def test_and_other_tongues_as_before(text: str, charset: str) -> None:
    assert read_mail(plain(text.encode(charset), charset)).text == text


def test_when_it_arrived_is_what_the_last_server_wrote() -> None:
    content = (
        b"Received: from a by mx.county.example; Fri, 27 Nov 2026 18:00:00 +0800\r\n"
        b"Received: from b by a; Fri, 27 Nov 2026 17:00:00 +0800\r\nFrom: a@example.com\r\nSubject: x\r\n\r\nx"
    )
    assert read_mail(content).arrived_at == datetime(2026, 11, 27, 10, tzinfo=UTC)


def test_what_it_answers_is_told_the_nearest_first() -> None:
    content = b"From: a@b.cn\r\nIn-Reply-To: <3@x>\r\nReferences: <1@x>\r\n <2@x> <3@x>\r\n\r\nx"
    assert read_mail(content).answers == ("<3@x>", "<2@x>", "<1@x>")


def test_copies_that_came_by_two_ways_say_the_same() -> None:
    one, two = (
        read_mail(plain(b"x", "utf-8", Delivered_To=to))
        for to in ("xinfang@county.example", "yimin@county.example")
    )
    assert one.digest != two.digest
    assert one.said == two.said
    assert one.said != read_mail(plain(b"y", "utf-8")).said


INNER = "From: =?utf-8?B?5byg5LiJ?= <z@example.com>\r\nSubject: =?utf-8?B?5oi/5a2Q?=\r\nDate: Thu, 5 Mar 2026 14:20:00 +0800\r\n"


def _inner(charset: str = "utf-8", encoding: str = "8bit", body: str = OLD_BODY) -> bytes:
    """A mail to stand within another."""
    kind = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return (INNER + kind).encode() + _encoded(body.encode(charset), encoding)


def _encoded(content: bytes, encoding: str) -> bytes:
    return {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(
        content
    )


def _around(kind: str, encoding: str, content: bytes) -> bytes:
    heads = (
        'From: a@example.com\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    )
    own = f"Content-Type: text/plain; charset=utf-8\r\n\r\n请看\r\n--b\r\nContent-Type: {kind}\r\n"
    return (
        (heads + own + f"Content-Transfer-Encoding: {encoding}\r\n\r\n").encode() + content + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "application/octet-stream; name=x.eml", "message/rfc822; name=x.eml"]
)
@pytest.mark.parametrize("outer", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("charset", "inner"), [("utf-8", "8bit"), ("gb18030", "base64"), ("utf-8", "quoted-printable")]
)
def test_a_mail_within_a_mail_is_read_in_whatever_encoding(
    kind: str, outer: str, charset: str, inner: str
) -> None:
    mail = read_mail(_around(kind, outer, _encoded(_inner(charset, inner), outer)))
    assert mail.files == ()
    assert (
        mail.text
        == f"请看\n\n>> 张三 <z@example.com>\n>> Thu, 5 Mar 2026 14:20:00 +0800\n>> 房子\n\n{OLD_BODY}"
    )


def test_a_file_that_is_only_called_a_mail_stays_a_file() -> None:
    assert read_mail(_around("application/octet-stream; name=x.eml", "8bit", b"\xff\xd8")).files == (
        ("x.eml", b"\xff\xd8"),
    )


def test_mails_within_mails_have_an_end_in_whatever_encoding() -> None:
    content = _inner()
    for _level in range(12):
        content = _around("message/rfc822", "base64", base64.encodebytes(content))
    assert key_of(content) == "mail.deep"


@pytest.mark.parametrize("quoted", ["", "> "])
@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "base64"), ("gbk", "base64"), ("utf-8", "quoted-printable")]
)
def test_a_mails_source_pasted_into_the_words_is_read(charset: str, encoding: str, quoted: str) -> None:
    source = _inner(charset, encoding).decode("ascii").replace("\r\n", "\n").rstrip("\n")
    pasted = "\n".join(quoted + line for line in source.split("\n"))
    text = read_mail(plain(f"转给你们：\n\n{pasted}\n--\n谢谢".encode(), "utf-8")).text
    assert text.startswith("转给你们：")
    assert OLD_BODY in text
    assert text.endswith("--\n谢谢")


def test_long_words_with_many_heads_are_read_in_one_pass() -> None:
    text = "Content-Transfer-Encoding: base64\n\nQUJD\n" * 20_000
    assert read_mail(plain(text.encode(), "utf-8")).text.count("ABC") == 20_000


MISNAMED = [
    "big5",
    "gb2312",
    "gbk",
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "utf-16le",
    "us-ascii",
    "x-unknown",
]


@pytest.mark.parametrize("named", MISNAMED)
@pytest.mark.parametrize("written_in", ["gbk", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_bytes_are_read_as_what_they_show_themselves_to_be(written_in: str, named: str) -> None:
    letters = ["房子的事情", "土地问题", OLD_BODY, f"{OLD_BODY}\n2024-09-10 (139) a@b.cn"]
    if written_in == "big5":
        letters = ["我家的土地補償問題請儘快處理，謝謝！", "移民局：\n\n房屋的面積量少了。"]
    for body in letters:
        content = base64.encodebytes(body.encode(written_in))
        assert (named, read_mail(plain(content, named, "base64")).text) == (named, body)


@pytest.mark.parametrize(
    "sender",
    [
        *("noreply@bank.example", "no-reply@x.cn", "No.Reply+1@x.cn", "do-not-reply@x.cn", "donotreply@x.cn", "noreply-42@x.cn"),
        *("MAILER-DAEMON@x.cn", "postmaster@x.cn", "bounce+abc=a@x.cn", "notifications@x.cn"),
    ],
)  # fmt: skip
def test_addresses_that_nobody_reads_are_not_answered(sender: str) -> None:
    mail = read_mail(plain("您的账单".encode(), "utf-8", From=sender))
    assert mail.unanswered or mail.automatic


@pytest.mark.parametrize("sender", ["noreen@x.cn", "li.noreply.wang@x.cn", "bouncer@x.cn", "notreally@x.cn"])
def test_persons_with_such_names_are_answered(sender: str) -> None:
    mail = read_mail(plain("房子的事".encode(), "utf-8", From=sender))
    assert (mail.unanswered, mail.automatic) == (False, "")
