"""Between what a picture is counted from and what is kept of it: plain columns and plain JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lykta.analysis.spans import Question
from lykta.domain.events.selectors import CountedArea, CountedSource, PictureInput
from lykta.infrastructure.snapshots import Columns


def parameters_of(given: PictureInput) -> dict[str, Any]:
    """Return all that is not columns, borders in metres to the last digit."""
    return {
        "question": asdict(given.question),
        "areas": [_kept(area) for area in given.areas],
        "people": [_kept(area) for area in given.people],
        "sources": [asdict(source) | {"notes": list(source.notes)} for source in given.sources],
        "category_names": list(given.category_names),
        "area_noun": given.area_noun,
        "population": given.population,
    }


def input_of(columns: Columns, parameters: Mapping[str, Any]) -> PictureInput:
    """Return what a picture was counted from, as it was kept."""
    sources = parameters["sources"]
    return PictureInput(
        columns=columns,
        question=Question(**parameters["question"]),
        areas=tuple(_area(each) for each in parameters["areas"]),
        people=tuple(_area(each) for each in parameters["people"]),
        sources=tuple(CountedSource(**each | {"notes": tuple(each["notes"])}) for each in sources),
        category_names=tuple(parameters["category_names"]),
        area_noun=parameters["area_noun"],
        population=parameters["population"],
    )


def in_short(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters with the SHA-256 of each border in place of the border."""
    areas = [_in_short(area) for area in parameters["areas"]]
    return {key: value for key, value in parameters.items() if key != "people"} | {"areas": areas}


def _kept(area: CountedArea) -> dict[str, Any]:
    import shapely

    border = area.polygon and shapely.geometry.mapping(area.polygon)
    return {
        "code": area.code,
        "name": area.name,
        "population": area.population,
        "border": border and json.loads(json.dumps(border)),  # tuples become lists
    }


def _area(kept: Mapping[str, Any]) -> CountedArea:
    import shapely

    border = kept["border"]
    polygon = None if border is None else shapely.from_geojson(json.dumps(border))
    return CountedArea(kept["code"], kept["name"], kept["population"], polygon)


def _in_short(area: Mapping[str, Any]) -> dict[str, Any]:
    border = area["border"]
    digest = hashlib.sha256(json.dumps(border).encode()).hexdigest() if border else ""
    kept = {key: area[key] for key in ("code", "name", "population")}
    return kept | {"border_sha256": digest}
