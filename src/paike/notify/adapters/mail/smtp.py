"""A real mail server: `smtp://user:password@host:port`, `smtp+tls://` (STARTTLS) or `smtps://`."""

import smtplib
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from paike.notify.ports import Undelivered
from paike.notify.rules.letters import Letter

SECONDS = 15
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class SmtpMail:
    """Hands letters to the server in `url`, sent by `sender`."""

    url: str
    sender: str

    def send(self, letter: Letter) -> None:
        mail = EmailMultiAlternatives(
            subject=letter.subject,
            body=letter.text,
            from_email=self.sender,
            to=[letter.to],
            connection=self._connection(),
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(letter.html, "text/html")
        try:
            mail.send(fail_silently=False)
        except (smtplib.SMTPException, OSError) as fault:
            raise Undelivered(_without_address(fault)) from fault

    def _connection(self) -> EmailBackend:
        parts = urlsplit(self.url)
        return EmailBackend(
            host=parts.hostname or "localhost",
            port=parts.port or PORTS.get(parts.scheme, 25),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_tls=parts.scheme == "smtp+tls",
            use_ssl=parts.scheme == "smtps",
            timeout=SECONDS,
        )


def _without_address(fault: Exception) -> str:
    """What went wrong, without the recipient's address: servers like to repeat it."""
    code = getattr(fault, "smtp_code", None)
    return f"{type(fault).__name__} {code}" if code else type(fault).__name__
