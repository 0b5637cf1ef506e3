"""What becomes of actions, and what those who reported are told of them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.domain.events import services as reports
from lykta.domain.meetings import rules
from lykta.domain.meetings.models import DO, HOLD, Action, ActionStep
from lykta.domain.meetings.rules import ActionState
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class WrongStep(LyktaError):
    """The action has come to where this can no longer be done."""

    code = "wrong-step"


class NoResult(LyktaError):
    """An action that is done says what was done, and one that is ended why."""

    code = "no-result"


@transaction.atomic
def step(
    reach: Reach,
    action: Action,
    *,
    state: ActionState,
    now: datetime,
    result: str = "",
    due: date | None = None,
) -> None:
    """Write how far an action has come, or give it another day; its organisation may, and HOLD."""
    if not reach.may(HOLD) and action.organisation_id not in reach.organisations(DO):
        raise Refused
    reports.check_words(result)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if state != row.state and not rules.may_follow(row.state, state):
        raise WrongStep(_("Åtgärden har redan ändrats. Läs om sidan."))
    said = result.strip() or row.result
    if state not in rules.UNDER_WAY and not said:
        raise NoResult(_("Skriv vad som har gjorts, eller varför åtgärden avbryts."))
    if due is not None and due != row.due and due < timezone.localdate(now):
        raise WrongStep(_("Dagen har redan varit. Välj en som kommer."))
    row.state, row.result, row.due, row.changed_at = state, said, due or row.due, now
    row.done_at = now if state == ActionState.DONE else None
    row.effect_week = rules.week_of(row.due + rules.EFFECT_AFTER).monday
    row.save()
    ActionStep.objects.create(
        action=row, state=state, due=row.due, result=result.strip(), at=now, by_id=reach.user
    )
    audit.record("action.step", actor=reach.user, subject=row, state=state, due=str(row.due))


@transaction.atomic
def tell(reach: Reach, action: Action, *, text: str, now: datetime) -> int:
    """Tell those whose reports led to an action what was done; return how many reports."""
    require(reach, HOLD)
    row = Action.objects.select_for_update().get(pk=action.pk)
    if row.state != ActionState.DONE or row.told_at is not None:
        raise WrongStep(_("Åtgärden har redan ändrats. Läs om sidan."))
    n = reports.tell(reach, row.decision.reports.all(), answer=text.strip(), now=now)
    row.told_at = now
    row.save(update_fields=["told_at"])
    audit.record("action.told", actor=reach.user, subject=row, reports=n)
    return n


@transaction.atomic
def note_effect(reach: Reach, action: Action, *, effect: str) -> None:
    """Write what was seen of an action some weeks after it was done."""
    require(reach, HOLD)
    reports.check_words(effect)
    row = Action.objects.select_for_update().get(pk=action.pk)
    row.effect = effect.strip()
    row.save(update_fields=["effect"])
    audit.record("action.effect", actor=reach.user, subject=row)
