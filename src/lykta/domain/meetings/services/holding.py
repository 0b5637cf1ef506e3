"""Holding the meeting: who came, what was decided, and the end of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.documents import services as documents
from lykta.domain.documents.rules import Kind
from lykta.domain.documents.selectors import Document
from lykta.domain.events import selectors as events
from lykta.domain.events import services as reports
from lykta.domain.meetings import papers, rules, selectors
from lykta.domain.meetings.models import (
    HOLD,
    Action,
    ActionStep,
    Attendance,
    Decision,
    Meeting,
    WeeklyPicture,
)
from lykta.domain.meetings.rules import ActionKind, Priority, Week
from lykta.domain.meetings.services import answers
from lykta.domain.meetings.services.freezing import WRITE
from lykta.domain.meetings.services.keeping import keep, stamp
from lykta.domain.meetings.services.notices import tell_of_action
from lykta.infrastructure.access import Confidentiality, Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.jobs import enqueue


class MeetingOver(LyktaError):
    """The meeting is over; its minutes stay as they are."""

    code = "meeting-over"


class NotFrozen(LyktaError):
    """The picture that the meeting is to read is not frozen."""

    code = "not-frozen"


class BadDue(LyktaError):
    """An action must be due on a day that comes."""

    code = "bad-due"


@transaction.atomic
def plan(
    reach: Reach, week: Week, *, begins_at: datetime, ends_at: datetime, place: str, now: datetime
) -> Meeting:
    """Return the meeting of a week, planned for a time and a place, or moved to them."""
    require(reach, HOLD)
    reports.check_words(place)
    row, _is_new = Meeting.objects.select_for_update().get_or_create(
        monday=week.monday,
        defaults={"begins_at": begins_at, "ends_at": ends_at, "changed_at": now},
    )
    _check_open(row)
    row.begins_at, row.ends_at, row.place, row.changed_at = begins_at, ends_at, place, now
    row.save()
    audit.record("meeting.planned", actor=reach.user, subject=row, begins=str(begins_at))
    return row


@transaction.atomic
def attend(reach: Reach, meeting: Meeting, organisations: Collection[int], *, note: str) -> None:
    """Write which organisations are there, and what is said; never who."""
    require(reach, HOLD)
    reports.check_words(note)
    row = _open(meeting)
    held = set(row.attendance.values_list("organisation_id", flat=True))
    row.attendance.exclude(organisation__in=organisations).delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=row, organisation_id=key) for key in sorted(set(organisations) - held)
    )
    row.note = note.strip()
    row.save(update_fields=["note"])
    audit.record("meeting.attended", actor=reach.user, subject=row, n=len(set(organisations)))


@transaction.atomic
def decide(
    reach: Reach,
    meeting: Meeting,
    *,
    text: str,
    kind: ActionKind,
    organisation: int,
    due: date,
    now: datetime,
    area: int | None = None,
    category: int | None = None,
    priority: Priority = Priority.NORMAL,
) -> Action:
    """Return the action that something decided becomes, with who is to do it and when."""
    require(reach, HOLD)
    reports.check_words(text)
    row = _open(meeting)
    if due < timezone.localdate(now):
        raise BadDue(_("Dagen har redan varit. Välj en som kommer."))
    decision = Decision.objects.create(
        meeting=row,
        text=text.strip(),
        priority=priority,
        area_id=area,
        category_id=category,
        made_at=now,
        made_by_id=reach.user,
    )
    action = Action.objects.create(
        decision=decision,
        kind=kind,
        organisation_id=organisation,
        due=due,
        effect_week=rules.week_of(due + rules.EFFECT_AFTER).monday,
        changed_at=now,
    )
    ActionStep.objects.create(action=action, state=action.state, due=due, at=now, by_id=reach.user)
    audit.record("decision.made", actor=reach.user, subject=decision, becomes=action.pk)
    tell_of_action(action, now=now)
    return action


@transaction.atomic
def withdraw(reach: Reach, decision: Decision, *, now: datetime) -> None:
    """Take back a decision while its meeting is going on."""
    require(reach, HOLD)
    _open(decision.meeting)
    decision.withdrawn_at = now
    decision.save(update_fields=["withdrawn_at"])
    audit.record("decision.withdrawn", actor=reach.user, subject=decision)


@transaction.atomic
def close(reach: Reach, meeting: Meeting, *, no_action: str, now: datetime) -> Document:
    """Return the minutes of a meeting that is over; those who reported are told what was decided.

    no_action : what those are answered whose reports led to no decision.
    """
    require(reach, HOLD)
    reports.check_words(no_action)
    row = _open(meeting)
    picture = WeeklyPicture.objects.filter(monday=row.monday).first()
    if picture is None:
        raise NotFrozen(_("Frys veckans bild först: mötet utgår från den."))
    row.no_action, row.closed_at, row.closed_by_id = no_action.strip(), now, reach.user
    row.changed_at = now
    row.save()
    n = _answer(reach, row, now=now)
    content = _minutes(reach, row, picture, n_answered=n, now=now)
    document = documents.register(
        reach,
        kind=Kind.MINUTES,
        title=papers.minutes_title(row.week),
        confidentiality=Confidentiality.PARTNERS,
        sha256=keep(content),
        parameters={"week": row.week.key},
        made_at=now,
    )
    enqueue(WRITE, pk=document.pk)
    audit.record("meeting.closed", actor=reach.user, subject=row, answered=n)
    return document


def _answer(reach: Reach, meeting: Meeting, *, now: datetime) -> int:
    """Tell everyone whose report stands in the picture what was decided; return how many."""
    today, told, n = timezone.localdate(now), set(), 0
    said: dict[int, list[str]] = {}
    rows = {}
    for decision in selectors.decisions(meeting):
        found = list(events.answered_by(decision.area_id, decision.category_id, as_of=today))
        decision.reports.set(found)
        for report in found:
            rows[report.pk] = report
            said.setdefault(report.pk, []).append(answers.decided(decision))
    for text in sorted({" ".join(each) for each in said.values()}):
        mine = [rows[key] for key, each in said.items() if " ".join(each) == text]
        n += reports.close(reach, mine, answer=text, now=now)
        told |= {report.pk for report in mine}
    rest = events.standing().exclude(pk__in=told)
    return n + reports.close(reach, rest, answer=answers.nothing_decided(meeting), now=now)


def _minutes(
    reach: Reach, meeting: Meeting, picture: WeeklyPicture, *, n_answered: int, now: datetime
) -> dict[str, Any]:
    """Return what the minutes hold, as it is kept: organisations, never persons."""
    today = timezone.localdate(now)
    followed = selectors.to_follow_up(reach, meeting.week)
    return {
        "week": meeting.week.key,
        "begins_at": timezone.localtime(meeting.begins_at).isoformat(timespec="minutes"),
        "ends_at": timezone.localtime(meeting.ends_at).isoformat(timespec="minutes"),
        "place_of_meeting": meeting.place,
        "present": [
            each.name for each in selectors.attendance(meeting, on=today) if each.is_present
        ],
        "followed_up": [answers.as_row(row, today=today) for row in followed],
        "picture": selectors.figures_of(picture),
        "decisions": [
            answers.as_row(row.action, today=today) for row in selectors.decisions(meeting)
        ],
        "note": meeting.note,
        "no_action": meeting.no_action,
        "n_answered": n_answered,
    } | stamp(now)


def _open(meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _check_open(row)
    return row


def _check_open(row: Meeting) -> None:
    if row.is_closed:
        raise MeetingOver(_("Mötet är avslutat och protokollet skrivet."))
