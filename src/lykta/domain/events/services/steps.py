"""The steps of a report: what has become of it, each written once and never changed."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from lykta.domain.events import rules
from lykta.domain.events.models import HandOff, Report, Step
from lykta.domain.events.rules import Act, State
from lykta.domain.events.services.notices import tell_of_decision
from lykta.infrastructure.access import Reach
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class WrongState(LyktaError):
    """The report has come to where this can no longer be done."""

    code = "wrong-state"


def locked(reports: Iterable[Report]) -> list[Report]:
    """Return reports as they are now, kept from others until the transaction is over."""
    keys = [report.pk for report in reports]
    rows = Report.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("category", "event").order_by("pk"))


def open_one(report: Report) -> Report:
    """Return a report that still tells of something by itself, kept from others, or refuse."""
    (row,) = locked([report])
    if row.state not in rules.OPEN:
        raise wrong_state()
    return row


def wrong_state() -> WrongState:
    """Return what to raise where another has been first."""
    return WrongState(_("Rapporten är redan behandlad. Läs om sidan."))


def move(
    reach: Reach, report: Report, state: str, *, now: datetime, reason: str = "", answer: str = "",
    before: str = "",
) -> Step:  # fmt: skip
    """Write what a report has come to, if it may come there.

    before : the state that a merged report goes back to.
    """
    if not rules.may_follow(report.state, state, before=before):
        raise wrong_state()
    act = Act.UNMERGED if before else Act.MOVED
    report.state = state
    report.save()
    audit.record(f"report.{act if before else state}", actor=reach.user, subject=report)
    step = add(reach, report, act, now=now, reason=reason, answer=answer)
    tell_of_decision(report, step)
    return step


def add(
    reach: Reach, report: Report, act: Act, *, now: datetime, reason: str = "", answer: str = "",
    hand_off: HandOff | None = None,
) -> Step:  # fmt: skip
    """Return a new step of a report, in the state that it has."""
    return Step.objects.create(
        report=report, state=report.state, act=act, at=now, by_id=reach.user,
        reason=reason, answer=answer, hand_off=hand_off,
    )  # fmt: skip


def state_before(report: Report) -> str:
    """Return the state that a merged report had when it was merged."""
    steps = Step.objects.filter(report=report).exclude(state=State.MERGED)
    return steps.values_list("state", flat=True).last() or State.SUBMITTED
