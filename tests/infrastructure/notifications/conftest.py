"""A mail server, one kind of notice, and what does the jobs that wait."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as project
from django_q.models import OrmQ, Schedule
from tests import people
from tests.infrastructure.notifications import kinds
from tests.infrastructure.notifications.servers import Box, serving

from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import Reach
from lykta.infrastructure.notifications.models import Mail
from lykta.infrastructure.notifications.services import notify

ADDRESS = "https://lykta.exempelby.example"
NOW = datetime(2026, 11, 24, 14, 5, tzinfo=ZoneInfo("Europe/Stockholm"))  # a Tuesday


@pytest.fixture(autouse=True)
def _kinds(settings: Any) -> Iterator[None]:
    settings.NOTIFICATIONS = {"lamp": "tests.infrastructure.notifications.kinds.LAMP"}
    settings.INSTALLATION = replace(project.INSTALLATION, address=ADDRESS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "lykta@exempelby.example"
    settings.EMAIL_TIMEOUT = 5
    yield
    kinds.HIDDEN.clear()


@pytest.fixture
def answering(settings: Any) -> Iterator[Callable[..., Box]]:
    """Return what starts a server that answers the first mails as it is told, and uses it."""
    running = []

    def start(*answers: str, **options: Any) -> Box:
        box = Box(*answers)
        server = serving(box, **options)
        running.append(server)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.__enter__()
        return box

    yield start
    for server in running:
        server.__exit__(None, None, None)


@pytest.fixture
def box(answering: Callable[..., Box]) -> Box:
    """Return the box of a server that takes all mails."""
    return answering()


def reach(name: str) -> Reach:
    """Return what one of the cast reaches on the day of the tests."""
    return reach_of(people.account(name).pk, on=NOW.date())


def tell(*names: str, subject: str = "7", now: datetime = NOW) -> None:
    """Tell some of the cast of a lamp."""
    to = [people.account(name).pk for name in names]
    notify("lamp", subject=subject, to=to, key=f"lamp:{subject}", now=now)


def mail() -> Mail:
    """Return the only mail there is."""
    return Mail.objects.get()


def waiting() -> list[str]:
    """Return the jobs that wait, now or for later, as they are called."""
    later = [row.args for row in Schedule.objects.order_by("pk")]
    return [*(str(row.task["args"]) for row in OrmQ.objects.order_by("pk")), *later]
