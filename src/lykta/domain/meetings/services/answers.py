"""What those who reported are told, and actions as the minutes have them: always in Swedish."""

from datetime import date
from typing import Any

from django.utils import translation

from lykta.domain.meetings.models import ACTION_KINDS, ACTION_STATES, Action, Decision, Meeting
from lykta.domain.meetings.rules import ActionKind, ActionState
from lykta.infrastructure.papers.swedish import weekday


def decided(decision: Decision) -> str:
    """Return what someone is told whose report led to a decision."""
    action = decision.action
    return (
        f"Veckomötet beslutade: {_ended(decision.text)} Ansvarig: {action.organisation}. "
        f"Klart senast {_plain(weekday(action.due))}."
    )


def nothing_decided(meeting: Meeting) -> str:
    """Return what those are told whose reports led to no decision."""
    reason = f" {_ended(meeting.no_action)}" if meeting.no_action else ""
    return (
        f"Rapporten är med i lägesbilden för v. {meeting.week.number}. Mötet beslutade ingen "
        f"åtgärd om just den.{reason}"
    )


def as_row(action: Action, *, today: date) -> dict[str, Any]:
    """Return an action as it is kept in the minutes."""
    with translation.override("sv"):
        return {
            "number": action.number,
            "text": action.decision.text,
            "kind": str(ACTION_KINDS[ActionKind(action.kind)]),
            "organisation": action.organisation.name,
            "due": str(action.due),
            "state": str(ACTION_STATES[ActionState(action.state)]),
            "days_late": action.days_late(today),
            "result": action.result,
            "about": ", ".join(
                each.name for each in (action.decision.category, action.decision.area) if each
            ),
        }


def _ended(text: str) -> str:
    """Return a text that ends as a sentence does."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
