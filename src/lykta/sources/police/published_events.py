"""Polisens händelser: what press officers choose to publish, from the open API or an archive.

The place of an event stands after the last comma of its name, and its time in the first words:
"22 augusti 17.59, Brand, Kävlinge". The place that the API gives apart is only the county since
2026, and its coordinates are the middle of that county: never where it happened.
"""

from functools import cache

from lykta.sources.cleaning import is_one_of
from lykta.sources.layouts import Layout
from lykta.sources.statistics_sweden.municipalities import by_name, counties, municipalities

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_COUNTY_OF = "län av "  # marks a place that is known as a county only


def _quoted_list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join("'" + word.replace("'", "''") + "'" for word in words) + "]"


_PART = "regexp_extract(\"name\", '^\\s*(\\d{1,2}) (\\w+) (\\d{1,2})[.:](\\d{2})', %d)"
_DAY, _MONTH, _HOUR, _MINUTE = (_PART % place for place in (1, 2, 3, 4))
_MONTH_NUMBER = f"list_position({_quoted_list(_MONTHS)}, lower({_MONTH}))"
_PUBLISHED_YEAR = 'try_cast(substr("datetime", 1, 4) AS INTEGER)'
_PUBLISHED_MONTH = 'try_cast(substr("datetime", 6, 2) AS INTEGER)'
# What is published in January about December happened the year before.
_YEAR = f"({_PUBLISHED_YEAR} - CAST({_MONTH_NUMBER} > {_PUBLISHED_MONTH} AS INTEGER))"
_TIME = (
    f"coalesce(printf('%04d-%02d-%02d %02d:%02d:00', {_YEAR}, {_MONTH_NUMBER}, "
    f"try_cast({_DAY} AS INTEGER), try_cast({_HOUR} AS INTEGER), "
    f'try_cast({_MINUTE} AS INTEGER)), "datetime")'
)
_LAST_WORDS = "trim(regexp_extract(\"name\", '([^,]*)$', 1))"
_NAMES = [one.name.casefold() for one in municipalities()]
_AREA = (
    f"CASE WHEN {is_one_of(f'lower({_LAST_WORDS})', _NAMES)} THEN {_LAST_WORDS} "
    f"ELSE '{_COUNTY_OF}' || \"location_name\" END"
)


@cache
def code_of_place(place: str) -> str:
    """Return the code of a municipality, or of the county where only that is known."""
    name = place.removeprefix(_COUNTY_OF).strip().casefold()
    one = by_name().get(name)
    if place.startswith(_COUNTY_OF):
        return counties().get(name, one.county_code if one else "")
    return one.code if one else ""


PUBLISHED_EVENTS = Layout(
    key="police-published-events",
    source="Polisen",
    noun="publicerade händelser",
    headers=frozenset({"id", "datetime", "name", "type", "location_name"}),
    fields={"id": "id", "category": "type"},
    derived={"time": _TIME, "area": _AREA},
    set_apart=(
        "starts_with(lower(\"type\"), 'sammanfattning')",
        "Raden är en sammanfattning av flera händelser och kan inte räknas som en.",
    ),
    keeps_last_revision=True,
    code_of_area=code_of_place,
    notes=(
        "Publicerade händelser är ett urval som Polisens presstjänst gör; de är inte alla brott "
        "och får inte ställas mot folkmängden.",
        "Koordinaterna i filen är mitten av kommunen eller länet och läses inte.",
    ),
    has_rates=False,
    has_points=False,
)
