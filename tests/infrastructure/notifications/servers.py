"""Servers for mail that are there for the length of a test."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "lykta", "hemligt/@l"


class Box:
    """Takes mails, and answers as it is told to."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)  # to the first mails; those after are taken
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a mail; the answer "dies" breaks the connection after the mail has been taken."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith(("250", "dies")):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
        if answer == "dies":
            server.transport.abort()
            await asyncio.sleep(0)
        return answer

    @property
    def ids(self) -> list[str]:
        """Return the Message-ID of each mail that has come."""
        return [mail["Message-ID"] for mail in self.mails]


@contextmanager
def serving(box: Box, **options: Any) -> Iterator[int]:
    """Serve a box at a free port, and yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return a certificate of 127.0.0.1 that only this test trusts, and what serves with it."""
    key, file = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    return file, context


def log_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    """Let in who has the name and the password."""
    is_right = isinstance(said, LoginPassword) and said == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=is_right, handled=is_right)
