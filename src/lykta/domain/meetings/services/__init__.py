"""Writing the week: what the doors may call."""

from lykta.domain.meetings.services.acting import note_effect, step, tell
from lykta.domain.meetings.services.freezing import freeze
from lykta.domain.meetings.services.holding import attend, close, decide, plan, withdraw
from lykta.domain.meetings.services.notices import (
    ASSIGNED_KIND,
    DUE_KIND,
    LETTER_KIND,
    SILENT_KIND,
    remind,
    tell_daily,
)
from lykta.domain.meetings.services.planning import add_planned, remove_planned
from lykta.domain.meetings.services.writing import file_name, form, letter_in, write_forms

__all__ = [
    "ASSIGNED_KIND",
    "DUE_KIND",
    "LETTER_KIND",
    "SILENT_KIND",
    "add_planned",
    "attend",
    "close",
    "decide",
    "file_name",
    "form",
    "freeze",
    "letter_in",
    "note_effect",
    "plan",
    "remind",
    "remove_planned",
    "step",
    "tell",
    "tell_daily",
    "withdraw",
    "write_forms",
]
