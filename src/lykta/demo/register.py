"""The demo's register of places: some 300 invented landmarks and addresses, always the same."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from lykta.demo.effects import site
from lykta.demo.places import MAP_SEED, Part, Places, places
from lykta.demo.planted import PLANTED

HEADER = ("platskod", "namn", "slag", "andra_namn", "x", "y")
# Trees, birds and stones: no street is named after anyone.
_WORDS = (
    *("Lärk", "Björk", "Gran", "Tall", "Alm", "Rönn", "Hassel", "Vide", "Säv", "Ljung", "Blåbärs"),
    *("Svan", "Trast", "Tärn", "Hackspetts", "Ugle", "Vip", "Rödhake", "Steglits", "Kråk", "Mås"),
    *("Kvarts", "Skiffer", "Flint", "Grus", "Ler", "Marmor", "Kalk", "Krit", "Sand", "Glimmer"),
    *("Räv", "Älg", "Grävlings", "Ekorr", "Igelkotts", "Humle", "Fjärils", "Grod", "Snigel"),
    *("Havs", "Ström", "Bäck", "Käll", "Vass", "Ö", "Strand", "Vik", "Damm", "Å"),
)
# What there is in each kommundel: kind, and how it is called after its word.
_SORTS: tuple[tuple[str, str, str], ...] = (
    ("torg", "{}torget", "{}torgets centrum"),
    ("torg", "{} centrum, västra entrén", ""),
    ("torg", "{} centrum, östra entrén", ""),
    ("skola", "{}skolan", ""),
    ("skola", "{}skolans skolgård", ""),
    ("skola", "{}gymnasiet", ""),
    ("park", "{}parken", ""),
    ("park", "{}lekplatsen", "lekparken vid {}"),
    ("park", "{}skogen, stigen", ""),
    ("hållplats", "{}vägens busshållplats", ""),
    ("hållplats", "{}stationen", "{}s station"),
    ("anläggning", "{}hallen", ""),
    ("anläggning", "{}planens idrottsplats", ""),
    ("anläggning", "{}biblioteket", ""),
    ("handel", "{}köpet", ""),
    ("känd plats", "Gångtunneln vid {}vägen", "{}tunneln"),
    ("känd plats", "Parkeringen vid {}backen", ""),
    ("känd plats", "{}garaget", ""),
    ("känd plats", "Återvinningen vid {}gatan", "miljöstationen {}gatan"),
    ("känd plats", "{}gården, innergården", ""),
)
_STREETS = ("{}gatan", "{}vägen", "{}stigen", "{}backen")
_ADDRESSES = 22  # in each kommundel


def lines() -> list[Sequence[str]]:
    """Return the register as the lines of its file."""
    the_map, rng = places(), np.random.default_rng(MAP_SEED + 1)
    words = iter(np.tile(rng.permutation(_WORDS), 20).tolist())
    rows = list(_planted(the_map))
    for part in the_map.parts:
        rows += _of(part, rng, words)
    unique = {row[0]: row for row in rows}  # two streets may have been given one name
    return [(f"EXP-{n:03d}", *row) for n, row in enumerate(unique.values(), start=1)]


def _planted(the_map: Places) -> Iterator[tuple[str, ...]]:
    """Yield the places that the planted truths are about."""
    truth = next(each for each in PLANTED if each.key == "demotorget")
    x, y = site(the_map, truth)
    yield "Demotorget", "torg", "Demo centrum|torget i Stuvsta", str(x), str(y)
    yield "Demotorget, norra sidan", "torg", "", str(x), str(y + 45)
    part = next(each for each in the_map.parts if each.code == "0126-FLE")
    x, y = shapely.get_coordinates(part.polygon.representative_point())[0]
    for n, name in enumerate(("södra änden", "vid tunneln", "vid skolan")):
        yield f"Exempelstråket, {name}", "känd plats", "", f"{x + 120 * n:.0f}", f"{y:.0f}"


def _of(part: Part, rng: np.random.Generator, words: Iterator[str]) -> list[tuple[str, ...]]:
    """Return the places of one kommundel."""
    found: list[tuple[str, ...]] = []
    for kind, name, alias in _SORTS:
        word = next(words)
        found.append((name.format(word), kind, alias.format(word), *_point(part, rng)))
    for number in range(_ADDRESSES):
        street = _STREETS[number % len(_STREETS)].format(next(words))
        found.append((f"{street} {2 * number + 1}", "adress", "", *_point(part, rng)))
    return found


def _point(part: Part, rng: np.random.Generator) -> tuple[str, str]:
    """Return a point inside a kommundel, whole metres."""
    west, south, east, north = part.polygon.bounds
    while True:
        x, y = np.round(rng.uniform((west, south), (east, north)))
        if part.polygon.contains(shapely.Point(x, y)):
            return f"{x:.0f}", f"{y:.0f}"
