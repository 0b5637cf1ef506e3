"""What a mail says: short, plain, nothing of a person, and where to read on."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lykta.infrastructure.notifications import kinds
from lykta.infrastructure.notifications.models import Mail
from lykta.infrastructure.notifications.telling import Told, tell

MOST_TOLD = 20  # in one mail; the others are counted


def letter(mail: Mail, *, now: datetime) -> EmailMessage | None:
    """Return a mail in its reader's language, or None where nothing in it may be seen now."""
    account = mail.account
    reach = kinds.reach_of(account.pk, on=timezone.localdate(now))
    with translation.override(account.language):
        notices = mail.notices.filter(withheld_at=None).order_by("at", "pk")
        told = tell(reach, notices, now=now)
        if not told:
            return None
        return EmailMessage(
            subject=_subject(told),
            body=_body(told),
            to=[account.email],
            headers=_headers(mail),
        )


def _subject(told: list[Told]) -> str:
    if len(told) == 1:
        return "lykta: " + " ".join(told[0].message.title.split())
    return ngettext("lykta: {n} notis", "lykta: {n} notiser", len(told)).format(n=len(told))


def _body(told: list[Told]) -> str:
    parts = ["\n".join(_lines(each)) for each in told[:MOST_TOLD]]
    if n := len(told[MOST_TOLD:]):
        text = ngettext("En notis till finns i lykta.", "{n} notiser till finns i lykta.", n)
        parts.append(text.format(n=n))
    if not settings.INSTALLATION.address:
        parts.append(_("Logga in i lykta för att läsa mer."))
    name = settings.INSTALLATION.name
    parts.append(
        "-- \n" + _("Skickat av lykta, {name}. Under Notiser väljer du vad du får per e-post.")
        .format(name=name)
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _lines(each: Told) -> list[str]:
    day = formats.date_format(timezone.localtime(each.notice.at), "j F Y")
    message, address = each.message, _absolute("notice", each.notice.pk)
    if message.is_for_strangers and address:
        address = settings.INSTALLATION.address + message.url
    found = [message.title, message.text, day, address]
    return [line for line in found if line]


def _absolute(name: str, *values: object) -> str:
    """Return the whole address of a page, "" where the installation's own is not known."""
    address = settings.INSTALLATION.address
    return address + reverse(name, args=values) if address else ""


def _headers(mail: Mail) -> dict[str, str]:
    """Return what says to programs that no person wrote this, and which mail it is.

    The same mail has the same Message-ID each time it is sent, so that a double can be known.
    """
    digest = hashlib.sha256(f"{mail.account_id} {mail.key}".encode()).hexdigest()[:32]
    message_id = f"<{digest}@{settings.INSTALLATION.host}>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if page := _absolute("notifications"):
        headers["List-Unsubscribe"] = f"<{page}>"
    return headers
