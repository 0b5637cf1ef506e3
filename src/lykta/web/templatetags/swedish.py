"""Dates and numbers as the reader of the page expects them; built into every template."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from lykta.infrastructure.figures import Figure

register = template.Library()
_DAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MONTHS = ["jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"]
_WORDS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
_ENGLISH = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NO_BREAK = "\u00a0"


@register.filter
def day(value: date | None) -> str:
    """Return a day: "24 nov 2026"."""
    if value is None:
        return ""
    month = _MONTHS[value.month - 1] if _is_swedish() else f"{value:%b}"
    return f"{value.day}{_NO_BREAK}{month}{_NO_BREAK}{value.year}"


@register.filter
def week_day(value: date) -> str:
    """Return a day with its week: "v. 48, tis 24 nov 2026"."""
    week = value.isocalendar().week
    if _is_swedish():
        return f"v.{_NO_BREAK}{week}, {_DAYS[value.weekday()]} {day(value)}"
    return f"week{_NO_BREAK}{week}, {value:%a} {day(value)}"


@register.filter
def moment(value: datetime | None) -> str:
    """Return an instant on the clock of the municipality: "24 nov 2026 kl. 07.05"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = f"kl.{_NO_BREAK}{local:%H.%M}" if _is_swedish() else f"{local:%H:%M}"
    return f"{day(local)} {clock}"


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Return a number with its decimals; what is missing is said in words, never as nought."""
    if value is None:
        return _("uppgift saknas")
    return _written(value, decimals, translation.get_language())


@register.filter
def measure(value: float | None) -> str:
    """Return a measured value with as many decimals as tell something: none from a hundred on."""
    if value is None or float(value).is_integer():
        return number(value)
    return number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2)


@register.filter
def year(value: int | str | None) -> str:
    """Return a year or another number that only names something: without spaces."""
    return "" if value is None else str(value)


@register.filter
def in_words(value: int) -> str:
    """Return a small number in words, as running text has it: "tre"; others in figures."""
    words = _WORDS if _is_swedish() else _ENGLISH
    return words[value] if 0 <= value < len(words) else number(value)


@register.filter
def people(figure: Figure) -> str:
    """Return the value of a figure, or that it is missing."""
    return number(figure.value)


@register.simple_tag(takes_context=True)
def on_day(context: Any, url: str) -> str:
    """Return an address that asks about the same day as this page."""
    as_of = context.get("as_of")
    return f"{url}?datum={as_of}" if context.get("is_past") and as_of else url


@lru_cache(maxsize=10_000)  # a page has hundreds, and most are small
def _written(value: float, decimals: int, _language: str | None) -> str:
    # Django cuts decimals off; a figure is rounded, as in the papers.
    rounded = round(value, decimals)
    return formats.number_format(rounded, decimal_pos=decimals, force_grouping=True)


def _is_swedish() -> bool:
    return (translation.get_language() or "sv").startswith("sv")
