"""Finding places as people name them: while they type, misspelled, without å, ä and ö."""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lykta.domain.places.models import READ, Area, AreaVersion, Place
from lykta.domain.places.rules import PlaceKind
from lykta.infrastructure import collation
from lykta.infrastructure.access import Confidentiality, Reach
from lykta.infrastructure.imports import selectors as imports
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform

NEAR_M = 300.0
# How like a name must be what is typed, of 100, to be taken for it with letters wrong.
_LIKE_ENOUGH = 70
_EXACT, _PREFIX, _WORDS, _LIKE = range(4)  # how a name fits, the best first


@dataclass(frozen=True, slots=True)
class Known:
    """A place as it is searched: its row, and each of its names made plain."""

    row: Place
    names: tuple[str, ...]


def places(reach: Reach) -> QuerySet[Place]:
    """Return the places that hold now and are known to a reader, in Swedish order."""
    rows = Place.objects.current().filter(is_ended=False, confidentiality__in=_levels(reach))
    return rows.select_related("area", "listed_area").order_by(collation.in_swedish("name"), "pk")


def place(reach: Reach, code: str) -> Place:
    """Return one place, or refuse as if it did not exist."""
    return get_object_or_404(places(reach), code=code)


def find_places(
    reach: Reach, text: str, *, near: tuple[float, float] | None = None, at_most: int = 8
) -> list[Place]:
    """Return the places whose name is much like a text, the likest first.

    near : x and y in SWEREF 99 TM; of those that fit as well the nearest comes first.
    """
    wanted = plain(text)
    if not wanted:
        return []
    levels = _levels(reach)
    known = [each for each in _known(imports.state(Place)) if each.row.confidentiality in levels]
    fits = _by_letters(wanted, known) or _by_likeness(wanted, known)
    order = sorted(
        fits,
        key=lambda fit: (*fit[0], _distance(fit[1].row, near), len(fit[1].names[0]), fit[1].names),
    )
    return [each.row for _how, each in order[:at_most]]


def nearest_places(
    reach: Reach, x_m: float, y_m: float, *, within_m: float = NEAR_M, at_most: int = 3
) -> list[Place]:
    """Return the places nearest to a point, dwellings left out."""
    levels, here = _levels(reach), (x_m, y_m)
    rows = [
        each.row
        for each in _known(imports.state(Place))
        if each.row.confidentiality in levels and not each.row.is_dwelling
    ]
    near = sorted((_distance(row, here), row.name, row.pk, row) for row in rows)
    return [row for distance, _name, _pk, row in near[:at_most] if distance <= within_m]


def suggested(
    reach: Reach, *, text: str, lon_lat: tuple[float, float] | None
) -> list[dict[str, Any]]:
    """Return places to choose among, as a page shows them: never the point of where people live."""
    here = None
    if lon_lat is not None:
        x, y = transform(np.array([lon_lat[0]]), np.array([lon_lat[1]]), DEGREES, SWEREF_99_TM)
        here = float(x[0]), float(y[0])
    if text:
        rows = find_places(reach, text, near=here)
    else:
        rows = nearest_places(reach, *here) if here else []
    return [
        {
            "code": row.code,
            "name": row.name,
            "kind": row.get_kind_display(),
            "areas": [area.name for area in (row.area, row.listed_area) if area],
        }
        for row in rows
    ]


def plain(text: str) -> str:
    """Return a text as it is compared: small letters without dots, rings and signs."""
    bare = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def in_area(reach: Reach, areas: Iterable[int], area: int) -> QuerySet[Place]:
    """Return the places in an area, given the parts that it holds."""
    rows = places(reach)
    inside = rows.filter(area__in=list(areas))
    return (inside | rows.filter(listed_area=area) | rows.filter(local_area=area)).distinct()


@lru_cache(maxsize=2)
def _known(_state: object) -> tuple[Known, ...]:
    """Return every place that holds; asked at each key that is pressed, and seldom changed."""
    rows = Place.objects.current().filter(is_ended=False).select_related("area", "listed_area")
    return tuple(
        Known(row, tuple(plain(name) for name in (row.name, *row.aliases))) for row in rows
    )


def known_names() -> frozenset[str]:
    """Return what areas and places are called, whoever asks; addresses left out."""
    return _names(imports.state(Place, AreaVersion))


@lru_cache(maxsize=2)
def _names(_state: object) -> frozenset[str]:
    rows = Place.objects.current().filter(is_ended=False).exclude(kind=PlaceKind.ADDRESS)
    named = {name for row in rows for name in (row.name, *row.aliases)}
    return frozenset(named | set(Area.objects.values_list("name", flat=True)))


Fit = tuple[tuple[int, float], Known]


def _by_letters(wanted: str, known: list[Known]) -> list[Fit]:
    """Return the places that hold what is typed, as a whole, as a beginning, or word by word."""
    found: list[Fit] = []
    words = wanted.split()
    for each in known:
        how = min(_fit(wanted, words, name) for name in each.names)
        if how < _LIKE:
            found.append(((how, 0.0), each))
    return found


def _fit(wanted: str, words: list[str], name: str) -> int:
    if name == wanted:
        return _EXACT
    if name.startswith(wanted):
        return _PREFIX
    held = name.split()
    if all(any(part.startswith(word) for part in held) for word in words):
        return _WORDS
    return _LIKE


def _by_likeness(wanted: str, known: list[Known]) -> list[Fit]:
    """Return the places whose name is like what is typed, letters wrong or missing."""
    from rapidfuzz import fuzz, process

    names = [(name, each) for each in known for name in each.names]
    likes = process.extract(
        wanted,
        [name for name, _each in names],
        scorer=fuzz.WRatio,
        score_cutoff=_LIKE_ENOUGH,
        limit=50,
    )
    best: dict[int, Fit] = {}
    for _name, score, place in likes:
        each = names[place][1]
        if each.row.pk not in best or -score < best[each.row.pk][0][1]:
            best[each.row.pk] = ((_LIKE, -score), each)
    return list(best.values())


def _levels(reach: Reach) -> frozenset[Confidentiality]:
    """Return what a reader may know; what is public also those who have no account."""
    if reach.is_system:
        return frozenset(Confidentiality)
    held = (grant.clearance for grant in reach.grants if READ in grant.rights)
    known = frozenset[Confidentiality]().union(*held) - {Confidentiality.OWN}
    return known | {Confidentiality.PUBLIC}


def _distance(row: Any, here: tuple[float, float] | None) -> float:
    return 0.0 if here is None else math.hypot(row.x_m - here[0], row.y_m - here[1])
