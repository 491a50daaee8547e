"""A small IMAP server (RFC 3501) in a thread, whose line can be cut where one likes."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "letters@county.example", "a fine secret"


@dataclass
class PostOffice:
    """What lies in the folders, and how the server behaves.

    ``cut_after`` is how many bytes of the next fetched mail are sent before the line breaks; ``cut_marking`` breaks it after
    a mail is marked and before that is answered.
    """

    inbox: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    folders: dict[str, list[bytes]] = field(default_factory=dict)
    abilities: str = "IMAP4rev1 ID MOVE UIDPLUS"
    must_say_its_name: bool = False
    cut_after: int | None = None
    cut_marking: bool = False
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def put(self, content: bytes, *flags: str) -> int:
        uid = max(self.inbox, default=0) + 1
        self.inbox[uid] = content
        self.flags[uid] = set(flags)
        return uid


class Cut(Exception):
    """The line breaks here."""


class Desk(socketserver.StreamRequestHandler):
    """One connection."""

    office: PostOffice
    named = False
    inside = False

    def handle(self) -> None:
        self.say("* OK ready")
        try:
            while line := self.rfile.readline():
                tag, _space, command = line.decode("ascii").strip().partition(" ")
                self.office.asked.append(command)
                if self.answer(tag, command):
                    return
        except (Cut, ConnectionError):
            return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode("ascii") + b"\r\n")

    def answer(self, tag: str, command: str) -> bool:
        name = command.split(" ", 1)[0].upper()
        if name == "UID":
            self.by_uid(tag, command[4:])
            return False
        verdict = "OK done"
        if name == "CAPABILITY":
            self.say(f"* CAPABILITY {self.office.abilities if self.inside else 'IMAP4rev1'}")
        elif name == "LOGIN":
            self.inside = command == f'LOGIN {USER} "{PASSWORD}"'
            verdict = "OK in" if self.inside else "NO wrong password"
        elif name == "ID":
            self.named = True
            self.say('* ID ("name" "post office")')
        elif name == "SELECT":
            verdict = "NO Unsafe Login" if self.office.must_say_its_name and not self.named else "OK open"
            self.say(f"* {len(self.office.inbox)} EXISTS")
        elif name == "LOGOUT":
            self.say("* BYE")
        else:
            verdict = "BAD what?"
        self.say(f"{tag} {verdict}")
        return name == "LOGOUT"

    def by_uid(self, tag: str, command: str) -> None:
        name, _space, rest = command.partition(" ")
        if name == "SEARCH":
            self.say("* SEARCH " + " ".join(map(str, reversed(self.found(rest)))))
        elif name == "FETCH":
            self.fetch(rest)
        elif name == "STORE":
            uid, words = self.uid_and_rest(rest)
            self.office.flags[uid] |= set(re.findall(r"\\(\w+)", words))
        elif name in {"MOVE", "COPY"}:
            uid, folder = self.uid_and_rest(rest)
            self.office.folders.setdefault(folder.strip('"'), []).append(self.office.inbox[uid])
            if name == "MOVE":
                del self.office.inbox[uid]
        elif name == "EXPUNGE":
            if "Deleted" in self.office.flags[int(rest)]:
                del self.office.inbox[int(rest)]
        else:
            self.say(f"{tag} BAD what?")
            return
        if name in {"STORE", "MOVE"} and self.office.cut_marking:
            self.office.cut_marking = False
            raise Cut
        self.say(f"{tag} OK done")

    def found(self, words: str) -> list[int]:
        return [
            uid
            for uid in self.office.inbox
            if not ("UNSEEN" in words and "Seen" in self.office.flags[uid])
            and not ("UNDELETED" in words and "Deleted" in self.office.flags[uid])
        ]

    def fetch(self, rest: str) -> None:
        uid, items = self.uid_and_rest(rest)
        most = re.fullmatch(r"\(BODY\.PEEK\[\]<0\.(\d+)>\)", items)
        assert most, items
        content = self.office.inbox.get(uid)
        if content is None:
            return
        content = content[: int(most[1])]
        self.say("* 3 FETCH (FLAGS (\\Recent))")
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n".encode())
        if self.office.cut_after is not None:
            self.wfile.write(content[: self.office.cut_after])
            self.office.cut_after = None
            raise Cut
        self.wfile.write(content + b")\r\n")

    def uid_and_rest(self, words: str) -> tuple[int, str]:
        uid, _space, rest = words.partition(" ")
        return int(uid), rest


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def open_post_office(office: PostOffice) -> Iterator[PostOffice]:
    """The server while the block runs, on a port of this machine."""
    desk = type("DeskOfThisOffice", (Desk,), {"office": office})
    with _Server(("127.0.0.1", 0), desk) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
