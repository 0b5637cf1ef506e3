"""Merging a report into another that tells of the same, and taking them apart again.

Nothing of either is changed. A merged report keeps its event, which is not counted for as long.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.domain.events.models import TRIAGE, Event, Report
from lykta.domain.events.rules import State
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.steps import locked, move, state_before, wrong_state
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.errors import LyktaError


class NotToBeMerged(LyktaError):
    """The two cannot be held together as things are."""

    code = "not-to-be-merged"


@transaction.atomic
def merge(reach: Reach, report: Report, into: Report, *, now: datetime, answer: str = "") -> Report:
    """Hold a report together with another, so that they count once; return the one it went into.

    Of one that is merged itself it goes into the one that leads.
    """
    require(reach, TRIAGE)
    check_words(answer)
    # Both at once and in one order: two that merge them into each other do not wait for ever.
    rows = {row.pk: row for row in locked([report, into])}
    held_together(reach, rows[report.pk], leading(rows[into.pk]), now=now, answer=answer)
    return rows[into.pk]


@transaction.atomic
def unmerge(reach: Reach, report: Report, *, now: datetime) -> None:
    """Take a report apart from the one it was merged into: everything of it is as before."""
    require(reach, TRIAGE)
    (row,) = locked([report])
    if row.state != State.MERGED:
        raise wrong_state()
    before = state_before(row)
    row.merged_into = None
    move(reach, row, before, now=now, before=before)
    _count(row, is_merged=False)


def leading(report: Report) -> Report:
    """Return the report that one, and all that is merged with it, counts with; kept from others."""
    while report.merged_into_id is not None:
        (report,) = locked(Report.objects.filter(pk=report.merged_into_id))
    return report


def held_together(
    reach: Reach, report: Report, into: Report, *, now: datetime, answer: str = ""
) -> None:
    """Merge a report into one that leads; both are kept from others."""
    if into.pk == report.pk:
        raise NotToBeMerged(_("De två hör redan ihop. Välj en annan rapport."))
    if not rules.may_follow(report.state, State.MERGED):
        raise wrong_state()
    if not rules.may_merge(report.state, into.state, is_into_counted=into.event_id is not None):
        raise NotToBeMerged(
            _("Den rapport som är kvar måste vara godtagen, annars räknas händelsen inte längre.")
        )
    report.merged_into = into
    move(reach, report, State.MERGED, now=now, answer=answer)
    _count(report, is_merged=True)


def _count(report: Report, *, is_merged: bool) -> None:
    """Let the event of a report count or not, where it has one."""
    if report.event is None:
        return
    Event.objects.filter(pk=report.event.pk).update(is_merged=is_merged)
    columns.touch("events", {str(report.event.first_day.year)})
