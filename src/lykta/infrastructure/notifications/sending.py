"""Sending mails: each taken by one worker, tried again when that may help, given up when not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.db.models import F

from lykta.infrastructure import jobs
from lykta.infrastructure.notifications import writing
from lykta.infrastructure.notifications.models import Mail, Notice, State

SEND = "lykta.infrastructure.notifications.tasks.send"
# After each try that failed; after the last of them the mail is given up.
PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720, 1440))
# Who has taken a mail and not been heard of for so long is dead: longer than any server is waited
# for, shorter than until the queue gives the same job to another.
TAKEN_FOR = timedelta(minutes=15)
_PERMANENT = 500  # from here on the server says that trying again is no use


def is_set_up() -> bool:
    """Return whether there is a server to send by."""
    return bool(settings.EMAIL_HOST)


def put_in_line(notices: Sequence[Notice], *, account: int, key: str, now: datetime) -> None:
    """Make a mail of notices, unless it is made already, and let a worker send it."""
    mail, is_new = Mail.objects.get_or_create(
        account_id=account, key=key, defaults={"made_at": now, "try_at": now}
    )
    if is_new:
        Notice.objects.filter(pk__in=[each.pk for each in notices]).update(mail=mail)
        jobs.enqueue(SEND, pk=mail.pk)


def send(pk: int, *, now: datetime) -> None:
    """Send a mail, if it is still to be sent and nobody else is about to."""
    if not _take(pk, now):
        return
    mail = Mail.objects.select_related("account").get(pk=pk)
    letter = writing.letter(mail, now=now)
    if letter is None:
        _end(mail, State.WITHHELD, now=now)
        return
    try:
        letter.send()
    # Every error of smtplib is an OSError; an address that no mail can have is a ValueError.
    except (OSError, ValueError) as error:
        _failed(mail, error, now=now)
        return
    _end(mail, State.SENT, now=now)


def resume(*, now: datetime) -> None:
    """Let the worker send what is left in line, each in its time; a job too many does nothing."""
    waiting = Mail.objects.filter(state=State.WAITING).order_by("pk")
    for pk, try_at in waiting.values_list("pk", "try_at"):
        jobs.later(SEND, at=max(try_at, now), pk=pk)


def _take(pk: int, now: datetime) -> bool:
    """Take a mail before it is sent, in one statement: of two workers one gets it."""
    due = Mail.objects.filter(pk=pk, state=State.WAITING, try_at__lte=now)
    return bool(due.update(try_at=now + TAKEN_FOR, tries=F("tries") + 1))


@transaction.atomic
def _failed(mail: Mail, error: Exception, *, now: datetime) -> None:
    code, reason = _code(error), type(error).__name__
    mail.reason = f"{reason} {code}" if code else reason
    is_hopeless = code >= _PERMANENT or not isinstance(error, OSError)
    if is_hopeless or mail.tries > len(PAUSES):
        _end(mail, State.GIVEN_UP, now=now)
        return
    mail.try_at = now + PAUSES[mail.tries - 1]
    mail.save(update_fields=["reason", "try_at"])
    jobs.later(SEND, at=mail.try_at, pk=mail.pk)


def _code(error: Exception) -> int:
    """Return what the server answered about this mail; 0 where the fault is in reaching it.

    A password or a sender that is refused says nothing of the mail: put right, the mail can go.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return max(code for code, _said in error.recipients.values())
    return error.smtp_code if isinstance(error, SMTPDataError) else 0


def _end(mail: Mail, state: State, *, now: datetime) -> None:
    mail.state, mail.done_at = state, now
    mail.save(update_fields=["state", "done_at", "reason"])
