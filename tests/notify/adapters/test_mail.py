"""One contract for every mail adapter: a real SMTP conversation and the in-memory twin."""

import email
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import default

import pytest

from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.mail.smtp import SmtpMail
from paike.notify.ports import Mail, Undelivered
from paike.notify.rules import letters

LETTER = letters.compose(
    to="wang@example.com",
    subject="作品已收到\nBcc: all@example.com",
    body="您好，\n\n<b>作品</b>已收到。",
    url="https://paike.example/my/",
    language="zh-hans",
)


class SmtpServer(socketserver.ThreadingTCPServer):
    """As much of RFC 5321 as a client needs to hand over a letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[tuple[list[str], bytes]] = []
        self.refuses = False


class _Talk(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        self._say("220 test")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self._say("354 go")
                self.server.letters.append((recipients, self._data()))
                recipients = []
            if verb == "RCPT":
                recipients.append(line.split("<")[1].split(">")[0])
                if self.server.refuses:
                    self._say("550 no such wang@example.com here")
                    continue
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@dataclass
class Bench:
    """An adapter under test, and what lies behind it."""

    mail: Mail
    received: Callable[[], list[tuple[str, str, str]]]  # (to, subject, text)
    break_it: Callable[[], None]
    raw: Callable[[], list[bytes]] = field(default=list)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as smtp:
        thread = threading.Thread(target=smtp.serve_forever, daemon=True)
        thread.start()
        yield smtp
        smtp.shutdown()
        thread.join()


@pytest.fixture(params=["smtp", "memory"])
def bench(request: pytest.FixtureRequest, server: SmtpServer) -> Bench:
    if request.param == "memory":
        twin = MemoryMail()
        return Bench(
            mail=twin,
            received=lambda: [(one.to, one.subject, one.text) for one in twin.letters],
            break_it=lambda: setattr(twin, "is_down", True),
        )
    port = server.server_address[1]
    return Bench(
        mail=SmtpMail(f"smtp://127.0.0.1:{port}", "paike@example.com"),
        received=lambda: [_read(*one) for one in server.letters],
        break_it=lambda: setattr(server, "refuses", True),
    )


def test_a_letter_arrives_whole(bench: Bench) -> None:
    bench.mail.send(LETTER)
    ((to, subject, text),) = bench.received()
    assert to == "wang@example.com"
    assert subject == "作品已收到 Bcc: all@example.com"
    assert "<b>作品</b>已收到。" in text
    assert "https://paike.example/my/" in text


def test_a_refusal_raises_and_does_not_repeat_the_address(bench: Bench) -> None:
    bench.break_it()
    with pytest.raises(Undelivered) as caught:
        bench.mail.send(LETTER)
    assert "wang" not in str(caught.value)
    assert not bench.received()


def test_smtp_sends_both_shapes_and_says_it_is_a_machine(server: SmtpServer) -> None:
    SmtpMail(f"smtp://127.0.0.1:{server.server_address[1]}", "paike@example.com").send(LETTER)
    parsed = email.message_from_bytes(server.letters[0][1], policy=default)
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["From"] == "paike@example.com"
    kinds = [part.get_content_type() for part in parsed.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    html = _part(parsed, "text/html")
    assert "&lt;b&gt;" in html


def test_no_server_is_undelivered() -> None:
    with pytest.raises(Undelivered, match="ConnectionRefusedError"):
        SmtpMail("smtp://127.0.0.1:1", "paike@example.com").send(LETTER)


def _read(recipients: list[str], raw: bytes) -> tuple[str, str, str]:
    parsed = email.message_from_bytes(raw, policy=default)
    return recipients[0], parsed["Subject"], _part(parsed, "text/plain")


def _part(parsed: Message, kind: str) -> str:
    found = next(part for part in parsed.walk() if part.get_content_type() == kind)
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()
