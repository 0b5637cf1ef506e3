"""Which column holds what, guessed from the header's words, so that the user can correct it."""

import re
from collections.abc import Mapping, Sequence

from lykta.sources.files.shapes import POINT_X, POINT_Y
from lykta.sources.refusing import is_refused

# For each field the words it goes by, the surest first; compared without case and signs.
_TIME = {
    "from": """tidpunkt från|brottstid från|från|from|starttid|startdatum|start time|starts at|
        från datum|from date|date from|tidigast""",
    "to": """tidpunkt till|brottstid till|till|to|sluttid|slutdatum|end time|ends at|till datum|
        to date|date to|senast""",
    "time": """tidpunkt|händelsetid|brottstid|händelsedatum|brottsdatum|datum och tid|inträffade|
        timestamp|datetime|date time|occurred at|occur date|incident date|date occurred|
        date of occurrence|date|datum|dag|created date|requested datetime|period|månad|month|
        vecka|år|year|tid|time""",
    "clock": "klockslag|tid|time|occur time|klockan|time of day",
}
_PLACE = {
    "lon": "lon|lng|long|longitude|longitud",
    "lat": "lat|latitude|latitud",
    "x": f"""{POINT_X}|x|easting|east|e|e 3006|sweref99 e|sweref 99 e|x koordinat|xkoordinat|
        x coordinate|x coord|x coord cd|x coordinate state plane|östlig koordinat|x sweref99tm""",
    "y": f"""{POINT_Y}|y|northing|north|n|n 3006|sweref99 n|sweref 99 n|y koordinat|ykoordinat|
        y coordinate|y coord|y coord cd|y coordinate state plane|nordlig koordinat|y sweref99tm""",
}
_MUNICIPALITY = """kommun kod|kom kod|kommunkod|knkod|kommun|kommunnamn|kommun namn|municipality|
    municipality id|municipality code"""
_SMALL_AREA = """område|områdeskod|deso område|deso|desokod|deso kod|regso kod|regsokod|regso|
    kommundel|stadsdel|area|area code|area label|lsoa code|ward code|gss code|district|precinct|
    beat|ward|boro|borough"""

EVENT_WORDS = {
    **_TIME,
    **_PLACE,
    "area": f"{_SMALL_AREA}|{_MUNICIPALITY}|ort|city",
    "category": """kategori|brottskod|brottstyp|brottsgrupp|brott|händelsetyp|ärendetyp|
        crime group|crime type|category|offense type|offence type|offense|offence|complaint type|
        primary type|type|typ""",
    "count": "antal|antal brott|antal händelser|count|number of crimes|num crimes",
    "municipality": _MUNICIPALITY,
}
AREA_WORDS = {
    "code": f"""områdeskod|desokod|deso kod|deso|regsokod|regso kod|{_MUNICIPALITY}|kkod|
        län kod|lan kod|ward code|gss code|lsoa code|geoid|borocode|code|kod|område|rut id|
        objectid|precinct|district|id|namn|namn1|name|ward|dist num""",
    "name": """namn|name|områdesnamn|län|lan|boroname|kommun|kommunnamn|knnamn|ward name|
        regsonamn|regso|namn1|lsoa name|district|ward|precinct|title""",
    "population": "folkmängd|befolkning|population|invånare|pop|bef",
    "kind": "slag|områdesslag|typ|områdestyp|kind|area kind|area type",
    "parent": """ingår i|ligger i|överordnat område|överordnad|parent|parent code|parent area|
        part of""",
    "valid_from": "gäller från|giltig från|giltigt från|valid from|from",
    "border_origin": "gränsens ursprung|gräns|border origin",
    "border_note": "gränsens anmärkning|anmärkning om gräns|border note",
}
POPULATION_WORDS = {
    **_PLACE,
    "code": AREA_WORDS["code"],
    "population": AREA_WORDS["population"],
    "year": "år|year",
    "origin": "källa|kalla|source",
    "fetched": "hämtad|hämtad den|hämtningsdatum|hamtad|fetched|retrieved",
}
_LIST = {
    "list_year": "lista år|listans år|år|list year|year",
    "published": "publicerad|publicerad den|publiceringsdatum|published|published on",
    "certainty": "säkerhet|certainty",
    "source": "belägg|källa|kalla|source",
    "note": "anmärkning|kommentar|note",
}
LISTING_WORDS = {
    **_LIST,
    "label": "område|områdets namn|namn|area|label|name",
    "area_code": "områdeskod|specialomr|kommundel|kod|area code|code",
    "listed": "på listan|står på listan|listed|on the list",
    "level": "nivå|kategori|level|category",
    "split_from": "delat från|delad från|split from",
}
EDITION_WORDS = {
    **_LIST,
    "total": "antal områden|antal|totalt|total",
    "specially_vulnerable": "särskilt utsatta|särskilt utsatta områden|specially vulnerable",
    "risk_areas": "riskområden|risk areas",
    "vulnerable": "utsatta|utsatta områden|vulnerable",
    "n_split": "delade|antal delade|split|n split",
}
PLACE_WORDS = {
    **_PLACE,
    "code": "kod|platskod|code|place code|objectid|id",
    "name": "namn|platsnamn|plats|benämning|adress|gatuadress|name|place|address|title",
    "kind": "slag|typ|platstyp|kategori|kind|type|category",
    "aliases": "andra namn|kallas|kallas även|även kallad|smeknamn|other names",
    "is_dwelling": "bostad|är bostad|bostadsadress|dwelling|is dwelling",
    "valid_from": AREA_WORDS["valid_from"],
}
CATEGORY_WORDS = {
    "code": "brottskod|kategori|kod|code|category|offence code|id",
    "name": """benämning|benamning|namn|name|klartext|brottskod klartext|beskrivning|description|
        offence description""",
    "group": "kodgrupp|grupp|group|huvudgrupp|offence group",
}
_YEAR_OF_POPULATION = re.compile(
    r"^(?:folkmängd|folkmangd|befolkning|population|pop|bef)[ _]?((?:19|20)\d{2})(?:\D.*)?$"
)


def guess_mapping(
    columns: Sequence[str],
    sample: Sequence[Sequence[str]] = (),
    *,
    words: Mapping[str, str] = EVENT_WORDS,
) -> dict[str, str]:
    """Return our fields and the columns that seem to hold them; columns barred by law left out.

    Columns that are empty in every row of the `sample` come last.
    """
    by_name: dict[str, str] = {}
    empty = {c for place, c in enumerate(columns) if not any(row[place] for row in sample)}
    for column in columns:
        if not is_refused(column):
            by_name.setdefault(plain(column), column)
    named = {
        field: [by_name[word] for word in _listed(text) if word in by_name]
        for field, text in words.items()
    }
    # The first that is not empty, or else the first.
    found = {field: min(those, key=empty.__contains__) for field, those in named.items() if those}
    if words is AREA_WORDS and _is_no_key(found.get("code"), columns, sample):
        keys = [one for one in named["code"] if not _is_no_key(one, columns, sample)]
        found |= {"code": keys[0]} if keys else {}
    if "population" in words and "population" not in found:
        found |= latest_population(columns)
    return _settled(found) if words is EVENT_WORDS else _without_half_points(found)


def _is_no_key(column: str | None, columns: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Return whether a column holds so many repeats that it cannot name the rows."""
    if column is None:
        return False
    place = list(columns).index(column)
    return 2 * len({row[place] for row in sample}) < len(sample)


def latest_population(columns: Sequence[str]) -> dict[str, str]:
    """Return the population column with the latest year in its name, where there is one."""
    years = population_by_year(columns)
    return {"population": years[max(years)]} if years else {}


def population_by_year(columns: Sequence[str]) -> dict[int, str]:
    """Return the population columns by the year in their names."""
    return {year: column for column in columns if (year := year_in(column))}


def year_in(column: str) -> int | None:
    """Return the year in a name such as "folkmangd_2023"."""
    match = _YEAR_OF_POPULATION.match(plain(column))
    return int(match[1]) if match else None


def plain(column: str) -> str:
    """Return a column name as lower-case words with single blanks."""
    return " ".join(re.findall(r"[^\W_]+", column.casefold()))


def _listed(text: str) -> list[str]:
    return [plain(word) for word in text.split("|")]


def _settled(found: dict[str, str]) -> dict[str, str]:
    """Return the guess without what contradicts itself: one way to say when, one to say where."""
    settled = _without_half_points(found)
    if "to" in settled:
        settled.setdefault("from", settled.get("time", ""))
    if settled.get("from") and "to" in settled:
        settled.pop("time", None)
    elif "from" in settled:
        settled["time"] = settled.get("time") or settled["from"]
        settled = {field: column for field, column in settled.items() if field not in _INTERVAL}
    if "time" not in settled or settled.get("clock") == settled["time"]:
        settled.pop("clock", None)
    return settled


_INTERVAL = ("from", "to")


def _without_half_points(found: dict[str, str]) -> dict[str, str]:
    has_degrees = "lon" in found and "lat" in found
    unused = {"lon", "lat"} if not has_degrees else set()
    if not ("x" in found and "y" in found):
        unused |= {"x", "y"}
    return {field: column for field, column in found.items() if field not in unused}
