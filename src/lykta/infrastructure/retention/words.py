"""The rules and what they have led to, in plain Swedish, for the page and for the terminal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lykta.infrastructure.retention.models import RetentionRule
    from lykta.infrastructure.retention.selectors import Logged

_YEAR = 365
AGAIN = "togs bort igen, efter att en säkerhetskopia lagts tillbaka"
_HEADER = ("tidpunkt", "uppgifter", "vad", "antal", "från", "till", "regel", "grund", "konto")


def said(rule: "RetentionRule | None") -> str:
    """Return what a rule says: "tas bort 30 dagar efter att inläsningen blev klar"."""
    if rule is None:
        return "ingen regel än; inget tas bort"
    if rule.keep_days is None:
        return "sparas alltid"
    if rule.keep_days == 0:
        return f"tas bort natten efter att {rule.counted_from}"
    return f"tas bort {lasting(rule.keep_days)} efter att {rule.counted_from}"


def lasting(days: int) -> str:
    """Return a time in days, in years too where it is whole years."""
    if days and days % _YEAR == 0:
        return f"{days // _YEAR} år ({days} dagar)"
    return "1 dag" if days == 1 else f"{days} dagar"


def table(log: "Sequence[Logged]") -> Iterator[tuple[object, ...]]:
    """Yield the log as lines of a table, its header first."""
    yield _HEADER
    for row in log:
        rule = row.rule
        yield (
            row.at.isoformat(timespec="seconds"),
            str(row.name),
            str(row.field_name),
            row.n,
            *(_day(day) for day in (row.first_day, row.last_day)),
            said(rule) if rule else AGAIN,
            rule.basis if rule else "",
            "" if row.run_by is None else row.run_by,
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
