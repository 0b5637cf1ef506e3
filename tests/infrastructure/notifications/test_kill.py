"""A worker that is killed while a mail is being sent, by the system itself."""

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tests import installation
from tests.infrastructure.notifications.servers import Box, serving

LYKTA = [sys.executable, "-m", "lykta.cli"]
START = "import django; django.setup(); from django.utils import timezone; "
TELL = """
from lykta.infrastructure.accounts import services as accounts
from lykta.domain.partners import services as partners
from lykta.domain.partners.rules import Role
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.notifications.services import notify
who = accounts.create(email="vera@exempelby.example", name="Vera", by=None)
unit = partners.organisation_named(SYSTEM, "Värdarna", kind="municipality")
partners.add_membership(SYSTEM, account=who, organisation=unit, role=Role.SAFETY_HOST,
                        starts_on=timezone.localdate())
from django.conf import settings
settings.NOTIFICATIONS = {"lamp": "tests.infrastructure.notifications.kinds.LAMP"}
notify("lamp", subject="7", to=[who.pk], key="lamp:7")
"""
SEND = """
from datetime import timedelta
from django.conf import settings
from lykta.infrastructure.notifications import sending
from lykta.infrastructure.notifications.models import Mail
settings.NOTIFICATIONS = {{"lamp": "tests.infrastructure.notifications.kinds.LAMP"}}
sending.send(Mail.objects.get().pk, now=timezone.now() + timedelta(hours={hours}))
"""


class Slow(Box):
    """Keeps the first mail, and then never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.has_one = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        answer = await super().handle_DATA(server, session, envelope)
        if not self.has_one.is_set():
            self.has_one.set()
            await asyncio.sleep(60)
        return answer


@pytest.fixture
def python(tmp_path: Path) -> Any:
    """Return what starts a program in an installation of its own."""
    (tmp_path / "kommun.toml").write_text(installation.TOML, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LYKTA_")}
    kept.pop("DATABASE_URL", None)
    kept |= {"LYKTA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lykta.project.settings"}

    def start(*command: str, **more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=kept | more, stdout=subprocess.DEVNULL)

    setup = start(*LYKTA, "setup", str(tmp_path / "kommun.toml"))
    assert setup.wait(120) == 0
    return start


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_leaves_a_mail_that_is_sent_once_more(python):
    box = Slow()
    with serving(box) as port:
        said = {
            "LYKTA_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "LYKTA_MAIL_FROM": "lykta@exempelby.example",
        }

        def run(code: str) -> subprocess.Popen[bytes]:
            return python(sys.executable, "-c", START + code, **said)

        assert run(TELL).wait(60) == 0
        killed = run(SEND.format(hours=0))
        assert box.has_one.wait(60)
        killed.kill()
        killed.wait(20)
        for hours in (0, 1, 2):
            assert run(SEND.format(hours=hours)).wait(60) == 0

    assert len(box.mails) == 2
    assert len(set(box.ids)) == 1
