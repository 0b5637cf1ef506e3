"""What accounts are told of reports: that one waits, and that one's own has been dealt with."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import selectors
from lykta.domain.events.models import (
    READ_INBOX,
    READ_REPORTS,
    TRIAGE,
    Assignment,
    Report,
    Step,
)
from lykta.domain.events.rules import State
from lykta.domain.partners import selectors as partners
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.notifications.kinds import Kind, Message
from lykta.infrastructure.notifications.services import notify
from lykta.infrastructure.once import once_a_page

WAITS, DECIDED = "events.waits", "events.decided"  # in settings.NOTIFICATIONS
AT_ONCE = 100
_DECISIONS = frozenset({State.ACCEPTED, State.REJECTED, State.MERGED, State.CLOSED})


def tell_of_waiting(report: Report, *, now: datetime) -> None:
    """Tell those who may deal with a new report that it waits, but not the one who sent it."""
    may = set(partners.accounts_with(TRIAGE, on=timezone.localdate(now)))
    to = may - {report.reporter_id}
    notify(WAITS, subject=str(report.key), to=to, key=f"{WAITS}:{report.key}", now=now)


def tell_of_assignment(report: Report, row: Assignment) -> None:
    """Tell who is to deal with a report, or all of a unit that may, but not who decided so."""
    to: set[int] = set()
    if row.account_id is not None:
        to = {row.account_id}
    elif row.organisation_id is not None:
        on = timezone.localdate(row.at)
        to = set(partners.accounts_with(READ_INBOX, on=on, organisation=row.organisation_id))
    key = f"{WAITS}:{report.key}:{row.pk}"
    notify(WAITS, subject=str(report.key), to=to - {row.by_id or 0}, key=key, now=row.at)


def tell_of_decision(report: Report, step: Step) -> None:
    """Tell who sent a report that it has been decided on, unless she did so herself."""
    reporter = report.reporter_id
    if step.state not in _DECISIONS or reporter is None or reporter == step.by_id:
        return
    key = f"{DECIDED}:{report.key}:{step.pk}"
    notify(DECIDED, subject=str(report.key), to=[reporter], key=key, now=step.at)


def _waits(reach: Reach, subject: str) -> Message | None:
    row = _newest(reach).get(subject)
    row = row or selectors.waiting(reach).select_related("category").filter(key=subject).first()
    return _message(_("En rapport väntar på att behandlas"), row) if row else None


@once_a_page
def _newest(reach: Reach) -> dict[str, Report]:
    """Return the newest of what waits by its key: so many notices are shown at once, and mailed."""
    rows = selectors.waiting(reach).select_related("category").order_by("-received_at", "-pk")
    return {str(row.key): row for row in rows[:AT_ONCE]}


def _decided(reach: Reach, subject: str) -> Message:
    row = selectors.report(reach, UUID(subject))
    if row.reporter_id != reach.user:
        raise Refused
    return _message(_("Din rapport är behandlad"), row)


def _message(title: str, row: Report) -> Message:
    """Return what may leave the house: what kind of thing it is about, and not a word of it."""
    return Message(title, row.category.name_now, reverse("events:one", args=[row.key]))


WAITING_KIND = Kind(gettext_lazy("En rapport väntar på att behandlas"), READ_INBOX, _waits)
DECIDED_KIND = Kind(gettext_lazy("En rapport från mig är behandlad"), READ_REPORTS, _decided)
