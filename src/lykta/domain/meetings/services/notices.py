"""What accounts are told of the week: an action that is theirs or due, silence, and the letter."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import selectors as events
from lykta.domain.meetings import selectors
from lykta.domain.meetings.models import DO, HOLD, READ, Action
from lykta.domain.meetings.rules import UNDER_WAY, Week, month_named, month_of, week_named
from lykta.domain.partners import selectors as partners
from lykta.infrastructure.access import SYSTEM, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.calendars import add_working_days, is_working_day
from lykta.infrastructure.notifications.kinds import Kind, Message
from lykta.infrastructure.notifications.services import notify

# In settings.NOTIFICATIONS.
ASSIGNED, DUE = "meetings.assigned", "meetings.due"
SILENT, LETTER = "meetings.silent", "meetings.letter"


def tell_of_action(action: Action, *, now: datetime) -> None:
    """Tell those who may carry out an action that it has become theirs."""
    to = partners.accounts_with(DO, on=timezone.localdate(now), organisation=action.organisation_id)
    notify(ASSIGNED, subject=str(action.pk), to=to, key=f"{ASSIGNED}:{action.pk}", now=now)


@transaction.atomic
def remind(reach: Reach, week: Week, *, now: datetime) -> int:
    """Remind those who usually report of a week and have not; return how many organisations.

    However often it is asked, each is reminded once of a week.
    """
    require(reach, HOLD)
    found = selectors.frozen(SYSTEM, week) or selectors.draft(
        SYSTEM, week, today=timezone.localdate(now)
    )
    names = {each["name"] for each in found.figures["regularity"] if each["is_missing"]}
    today, n = timezone.localdate(now), 0
    for key, name in partners.reporting(on=today).items():
        if name in names:
            to = partners.accounts_with(events.REPORT, on=today, organisation=key)
            notify(SILENT, subject=week.key, to=to, key=f"{SILENT}:{week.key}:{key}", now=now)
            n += 1
    audit.record("week.reminded", actor=reach.user, week=week.key, organisations=n)
    return n


@transaction.atomic
def tell_daily(*, now: datetime) -> None:
    """Tell of what is due by the next working day, and on a month's first one of its letter."""
    today = timezone.localdate(now)
    if not is_working_day(today):
        return
    soon = add_working_days(today, 1)
    for action in selectors.actions(SYSTEM).under_way().filter(due__lte=soon):
        to = partners.accounts_with(DO, on=today, organisation=action.organisation_id)
        key = f"{DUE}:{action.pk}:{action.due}"
        notify(DUE, subject=str(action.pk), to=to, key=key, now=now)
    if today == add_working_days(month_of(today).first - timedelta(days=1), 1):
        _tell_of_letters(today, now=now)


def _tell_of_letters(today: date, *, now: datetime) -> None:
    month = month_of(today).before
    for organisation in partners.reporting(on=today):
        to = partners.accounts_with(events.REPORT, on=today, organisation=organisation)
        subject = f"{organisation}:{month.key}"
        notify(LETTER, subject=subject, to=to, key=f"{LETTER}:{subject}", now=now)


def _action(title: str, reach: Reach, subject: str) -> Message | None:
    row = selectors.action(reach, int(subject))
    if row.state not in UNDER_WAY or row.organisation_id not in reach.organisations(DO):
        return None
    text = _("{number}, klart senast {day}").format(number=row.number, day=row.due)
    return Message(title, text, reverse("meetings:action", args=[row.pk]))


def _assigned(reach: Reach, subject: str) -> Message | None:
    return _action(_("Ni har fått en åtgärd"), reach, subject)


def _due(reach: Reach, subject: str) -> Message | None:
    return _action(_("En åtgärd ska vara klar"), reach, subject)


def _silent(reach: Reach, subject: str) -> Message | None:
    week = week_named(subject)
    if week is None or not reach.may(events.REPORT):
        return None
    text = _("Inget har kommit från er om v. {week}. Rapportera, eller säg att det var lugnt.")
    return Message(
        _("Har ni något att rapportera?"),
        text.format(week=week.number),
        reverse("events:report"),
    )


def _letter(reach: Reach, subject: str) -> Message | None:
    organisation, _colon, key = subject.partition(":")
    month = month_named(key)
    if month is None or int(organisation) not in reach.organisations(events.REPORT):
        return None
    return Message(
        _("Månadsbrevet är klart"),
        key,
        reverse("meetings:letter", args=[int(organisation), month]),
    )


ASSIGNED_KIND = Kind(gettext_lazy("En åtgärd är vår"), DO, _assigned)
DUE_KIND = Kind(gettext_lazy("En av våra åtgärder ska vara klar"), DO, _due)
SILENT_KIND = Kind(gettext_lazy("Vi har inte rapporterat om veckan"), events.REPORT, _silent)
LETTER_KIND = Kind(gettext_lazy("Månadsbrevet är klart"), READ, _letter)
