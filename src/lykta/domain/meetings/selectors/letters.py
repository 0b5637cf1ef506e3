"""The letter of a month to one organisation: what it told of, and what was done with it."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from lykta.domain.events import selectors as events
from lykta.domain.meetings.models import HOLD, READ, Action, WeeklyPicture
from lykta.domain.meetings.rules import Month, Week, month_of, week_of
from lykta.domain.meetings.selectors.meetings import actions
from lykta.domain.meetings.selectors.weeks import figures_of
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import SYSTEM, Reach, Refused

MONTHS_SHOWN = 6


def addressees(reach: Reach, *, on: date) -> dict[int, str]:
    """Return the organisations whose letters one may read: one's own, or all to who holds."""
    if not (reach.is_system or reach.may(READ)):
        return {}
    names = partners.reporting(on=on)
    if reach.is_system or reach.may(HOLD):
        return names
    own = reach.organisations(events.REPORT)
    return {key: name for key, name in names.items() if key in own}


def months(*, today: date) -> list[Month]:
    """Return the months that there are letters of, the latest first."""
    found, month = [], month_of(today).before
    for _n in range(MONTHS_SHOWN):
        found.append(month)
        month = month.before
    return found


def letter(reach: Reach, organisation: int, month: Month, *, today: date) -> dict[str, Any]:
    """Return what the letter says, as plain values; refused where it is not one's to read.

    A month that is not over has no letter. What happens later to what was told in it changes it.
    """
    name = addressees(reach, on=today).get(organisation)
    if name is None or month.last >= today:
        raise Refused
    told = events.told_by(organisation, month.first, month.last)
    mondays = _mondays(month)
    heard = events.regularity(
        {organisation: name}, mondays[-1], rows=places.areas(SYSTEM, as_of=today)
    )[0]
    led_to = actions(SYSTEM).filter(decision__reports__in=told.keys).distinct()
    own = actions(SYSTEM).filter(organisation=organisation, due__range=(month.first, month.last))
    return {
        "month": month.key,
        "organisation": name,
        "n": told.n,
        "n_answered": told.n_answered,
        "n_rejected": told.n_rejected,
        "days_to_answer": told.days_to_answer,
        "categories": [list(pair) for pair in told.categories],
        "weeks_heard": sum(each != events.SILENT for each in heard.weeks[-len(mondays) :]),
        "weeks": len(mondays),
        "led_to": [_said(row, today) for row in led_to],
        "own": [_said(row, today) for row in own],
        "pictures": [
            figures_of(row)
            for row in WeeklyPicture.objects.filter(monday__in=mondays).order_by("monday")
        ],
        "from": settings.INSTALLATION.name,
        "marking": settings.INSTALLATION.marking,
        "made_at": timezone.now().isoformat(timespec="seconds"),
    }


def _mondays(month: Month) -> list[date]:
    """Return the weeks that are counted to a month: those whose Thursday lies in it."""
    week = week_of(month.first)
    weeks = [Week(week.monday + timedelta(weeks=n)) for n in range(6)]
    return [
        each.monday
        for each in weeks
        if month.first <= each.monday + timedelta(days=3) <= month.last
    ]


def _said(row: Action, today: date) -> dict[str, Any]:
    return {
        "text": row.decision.text,
        "organisation": row.organisation.name,
        "due": str(row.due),
        "state": str(row.get_state_display()),
        "days_late": row.days_late(today),
        "result": row.result,
    }
