"""The demo's register of places: invented landmarks and addresses in every kommundel.

The same in every world, as the map is. Names are words for light, stone and old tools; no place in
Huddinge has them, but for the centres, which are called by their kommundel and lie anywhere in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from lykta.demo.effects import site
from lykta.demo.places import Part, Places
from lykta.demo.planted import PLANTED

LANDMARK_SEED = 1226
STREETS_A_PART, NUMBERS_A_STREET = 3, 5
STREET_SPREAD_M = 80.0
# How many of each kind a kommundel has, what its names end with, and what it is called besides.
KINDS = (
    ("torg", 2, ("torget",), "Torget vid {}"),
    ("park", 4, ("parken", "lunden"), "Lekplatsen i {}"),
    ("skola", 4, ("skolan", "förskolan"), ""),
    ("anläggning", 5, ("hallen", "badet", "biblioteket", "planen", "gården"), ""),
    ("hållplats", 5, ("vägens hållplats", "plans hållplats"), "Bussen vid {}"),
    ("landmärke", 7, ("tunneln", "bron", "trappan", "kiosken", "kullen", "dammen", "porten"), ""),
)
WORDS = (
    *("Norrskens", "Månskens", "Fyrbåks", "Lantern", "Fackel", "Gnist", "Glöd", "Solstråle"),
    *("Regnbågs", "Skymnings", "Gryningsljus", "Stjärnljus", "Kompass", "Sextant", "Ankarspel"),
    *("Segelduks", "Kvarnstens", "Hjulmakar", "Sadelmakar", "Tunnbindar", "Klockgjutar"),
    *("Tegelslagar", "Tjärdals", "Kolmile", "Linspinnar", "Vattenhjuls", "Skeppsklocke"),
    *("Stjärnkikar", "Väderflöjel", "Solurs", "Timglas", "Pendel", "Prisma", "Kristall"),
    *("Bärnstens", "Kopparslagar", "Mässings", "Malakit", "Safir", "Opal", "Kvarts", "Täljstens"),
    *("Sandstens", "Skiffer", "Marmor", "Järnålders", "Runstens", "Vindspels", "Lyktstolps"),
)
STREETS = ("vägen", "gatan", "stigen")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Landmark:
    """One place of the register."""

    name: str
    kind: str  # in Swedish, as files name it
    point: Point  # metres, SWEREF 99 TM
    alias: str = ""
    is_dwelling: bool = False


def landmarks(places: Places) -> list[Landmark]:
    """Return the places, always the same."""
    rng = np.random.default_rng(LANDMARK_SEED)
    found = [*_planted(rng, places)]
    for number, part in enumerate(places.parts):
        words = _words(number)
        found.append(_landmark(rng, part, f"{part.name} centrum", "centrum", f"{part.name} C"))
        found += _of_kinds(rng, part, words)
        found += _addresses(rng, part, words)
    return found


def _planted(rng: np.random.Generator, places: Places) -> Iterator[Landmark]:
    """Yield the places that the planted truths are called by."""
    square = next(truth for truth in PLANTED if truth.key == "demotorget")
    x, y = site(places, square)
    yield Landmark("Demotorget", "torg", (x, y), "Torget")
    yield Landmark("Demotorget, västra entrén", "landmärke", (x - 60, y))
    yield Landmark("Demotorgets hållplats", "hållplats", (x, y + 45), "Bussen vid Demotorget")
    lights = next(truth for truth in PLANTED if truth.key == "belysning")
    part = next(part for part in places.parts if part.code == lights.part)
    for end in ("norra änden", "gångtunneln", "södra änden"):
        yield _landmark(rng, part, f"Exempelstråket, {end}", "landmärke")


def _words(number: int) -> Iterator[str]:
    """Yield the words for one kommundel, each kommundel beginning at a word of its own."""
    start = number * len(WORDS) // 7
    yield from (*WORDS[start:], *WORDS[:start])


def _of_kinds(rng: np.random.Generator, part: Part, words: Iterator[str]) -> Iterator[Landmark]:
    for kind, count, endings, besides in KINDS:
        for place in range(count):
            name = f"{next(words)}{endings[place % len(endings)]}"
            other = besides.format(name) if besides and place == 0 else ""
            yield _landmark(rng, part, name, kind, other)


def _addresses(rng: np.random.Generator, part: Part, words: Iterator[str]) -> Iterator[Landmark]:
    """Yield the addresses of some streets, those of one street near one another."""
    for street in range(STREETS_A_PART):
        name = f"{next(words)}{STREETS[street]}"
        middle = _inside(rng, part.polygon)
        numbers = np.cumsum(rng.integers(1, 7, size=NUMBERS_A_STREET))
        for number in numbers.tolist():
            point = _near(rng, part.polygon, middle)
            yield Landmark(f"{name} {number}", "adress", point, is_dwelling=number % 3 > 0)


def _landmark(
    rng: np.random.Generator, part: Part, name: str, kind: str, alias: str = ""
) -> Landmark:
    return Landmark(name, kind, _inside(rng, part.polygon), alias)


def _inside(rng: np.random.Generator, polygon: Polygon) -> Point:
    west, south, east, north = polygon.bounds
    return _first_within(polygon, rng.uniform((west, south), (east, north), size=(400, 2)))


def _near(rng: np.random.Generator, polygon: Polygon, middle: Point) -> Point:
    around = rng.normal(middle, STREET_SPREAD_M, size=(100, 2))
    return _first_within(polygon, np.vstack([around, [middle]]))


def _first_within(polygon: Polygon, points: NDArray[np.float64]) -> Point:
    x, y = points[np.argmax(shapely.contains_xy(polygon, *points.T))].round(1)
    return float(x), float(y)
