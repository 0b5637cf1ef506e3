"""What series are about, which periods there are, and what is too little to be shown."""

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

# Until the room of statutes holds rows of its own, these are they (the survey guides of SCB and
# the municipality's rule for counts of people). They are given to `why_hidden` as arguments.
SMALLEST_SHOWN = 5
FEWEST_ANSWERS = 30
# With fewer events than this one more or less changes the picture.
FEW_EVENTS = 5
COUNTRY = "00"
PER = 100_000


class Theme(StrEnum):
    """What a series is about, in the order of the page."""

    SAFETY = "safety"
    HOUSING = "housing"
    ATTRACTIVENESS = "attractiveness"
    VIOLENCE = "violence"
    CRIME = "crime"
    POPULATION = "population"
    OUTSIDE = "outside"
    OTHER = "other"


class Basis(StrEnum):
    """What a value counts or is made from, which decides what may be shown."""

    EVENTS = "events"
    ANSWERS = "answers"
    PEOPLE = "people"
    OTHER = "other"


class Status(StrEnum):
    """How final a value is, or why there is none."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not applicable"


# How files name them.
SWEDISH_THEMES = {
    Theme.SAFETY: "trygghet",
    Theme.HOUSING: "trygga boendemiljöer",
    Theme.ATTRACTIVENESS: "bo och verka",
    Theme.VIOLENCE: "grovt våld",
    Theme.CRIME: "anmälda brott",
    Theme.POPULATION: "folkmängd",
    Theme.OUTSIDE: "omvärlden",
    Theme.OTHER: "övrigt",
}
SWEDISH_BASES = {
    Basis.EVENTS: "händelser",
    Basis.ANSWERS: "svar",
    Basis.PEOPLE: "personer",
    Basis.OTHER: "annat",
}
_SPAN = re.compile(r"(\d{4})(?:\s*[-–/]\s*(\d{4}))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_LONGEST_SLUG = 60
# What a title says it is about, the surest first.
_THEME_WORDS = (
    (Theme.CRIME, ("anmäld", "brott")),
    (Theme.SAFETY, ("trygg", "oro ", "oroa")),
    (Theme.POPULATION, ("folkmängd", "invånare totalt", "befolkning")),
)


def theme_of(word: str, title: str = "") -> Theme | None:
    """Return what a word in a file means, or what a title is about; None for an unknown word."""
    folded = " ".join(word.casefold().split())
    if not folded:
        words = title.casefold()
        found = (theme for theme, signs in _THEME_WORDS if any(sign in words for sign in signs))
        return next(found, Theme.OTHER)
    known = {swedish: theme for theme, swedish in SWEDISH_THEMES.items()}
    return known.get(folded) or next((theme for theme in Theme if theme.value == folded), None)


def basis_of(word: str) -> Basis | None:
    """Return what a word in a file means; None where it is unknown."""
    folded = word.strip().casefold()
    known = {swedish: basis for basis, swedish in SWEDISH_BASES.items()}
    return known.get(folded) if folded else Basis.OTHER


def last_day(period: str) -> date | None:
    """Return the last day of a period; None where it is not one that is known.

    Known are 2023, 2021-2023, 2023-05, 2023-Q2, 2023-W07 and 2023-05-17.
    """
    try:
        if match := _SPAN.fullmatch(period):
            return date(int(match[2] or match[1]), 12, 31)
        if match := _MONTH.fullmatch(period):
            year, month = int(match[1]), int(match[2])
            return date(year, month, calendar.monthrange(year, month)[1])
        if match := _QUARTER.fullmatch(period):
            month = 3 * int(match[2])
            year = int(match[1])
            return date(year, month, calendar.monthrange(year, month)[1])
        if match := _WEEK.fullmatch(period):
            return date.fromisocalendar(int(match[1]), int(match[2]), 1) + timedelta(days=6)
        return date.fromisoformat(period)
    except (ValueError, calendar.IllegalMonthError):
        return None


def year_of(period: str) -> int | None:
    """Return the year that a period is the whole of; None for a shorter or longer one."""
    return int(period) if period.isdecimal() and len(period) == 4 else None


def code_of(prefix: str, words: Iterable[str]) -> str:
    """Return the code of a series that the source gives no code: the same for the same words."""
    whole = " ".join(word for word in words if word)
    plain = unicodedata.normalize("NFKD", whole.casefold())
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if len(slug) > _LONGEST_SLUG:
        # Cut words may be alike; the digest of the whole tells them apart.
        digest = hashlib.sha256(whole.encode("utf-8")).hexdigest()[:8]
        slug = f"{slug[:_LONGEST_SLUG].strip('-')}-{digest}"
    return f"{prefix}:{slug}"


def is_hidden(
    basis: Basis, *, value: float | None, n: int | None, smallest_shown: int, fewest_answers: int
) -> bool:
    """Return whether a value by itself is too small to be shown: few people, or few answers."""
    if value is None:
        return False
    if basis is Basis.ANSWERS:
        return n is not None and n < fewest_answers
    return basis is Basis.PEOPLE and 0 < value < smallest_shown


def concerns(geo_code: str, *, municipality: str) -> bool:
    """Return whether a code of Statistics Sweden is ours, our county or the country."""
    county = municipality[:2]
    if geo_code in (COUNTRY, county, f"00{county}"):
        return True
    if geo_code[:2].isdecimal() and len(geo_code) == 2:
        return False
    return not geo_code[:4].isdecimal() or geo_code.startswith(municipality)
