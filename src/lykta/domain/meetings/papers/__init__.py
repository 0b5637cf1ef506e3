"""The papers of this room: the picture of a week, and the minutes of its meeting."""

from lykta.domain.meetings.papers.letters import letter_paper
from lykta.domain.meetings.papers.minutes import minutes_paper
from lykta.domain.meetings.papers.titles import letter_title, minutes_title, title_of
from lykta.domain.meetings.papers.weekly import table, weekly_paper

__all__ = [
    "letter_paper",
    "letter_title",
    "minutes_paper",
    "minutes_title",
    "table",
    "title_of",
    "weekly_paper",
]
