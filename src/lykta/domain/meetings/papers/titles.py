"""What the papers of a week are called."""

from lykta.domain.meetings.rules import Month, Week


def title_of(week: Week) -> str:
    """Return what the picture of a week is called."""
    return f"Veckans lägesbild, v. {week.number} {week.year}"


def minutes_title(week: Week) -> str:
    """Return what the minutes of a meeting are called."""
    return f"Protokoll, veckomöte v. {week.number} {week.year}"


def letter_title(month: Month, organisation: str) -> str:
    """Return what the letter of a month to an organisation is called."""
    return f"Månadsbrev {month.key} till {organisation}"
