"""The tables of meetings."""

from lykta.domain.meetings.models.actions import (
    ACTION_KINDS,
    ACTION_STATES,
    PRIORITIES,
    Action,
    ActionStep,
    Decision,
)
from lykta.domain.meetings.models.meetings import Attendance, Meeting, PlannedEvent
from lykta.domain.meetings.models.pictures import DO, HOLD, READ, WeeklyPicture

__all__ = [
    "ACTION_KINDS",
    "ACTION_STATES",
    "DO",
    "HOLD",
    "PRIORITIES",
    "READ",
    "Action",
    "ActionStep",
    "Attendance",
    "Decision",
    "Meeting",
    "PlannedEvent",
    "WeeklyPicture",
]
