"""Pages of places: rates, hot spots and two counts."""

import json
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import (
    ALARM,
    DASH,
    DEEP,
    PLAIN,
    QUIET,
    SEEN,
    Page,
    Spec,
    framed,
    layer,
    value,
)
from tools.assets.pages.reading import YEAR, data, read, weekly

from lykta import analysis
from lykta.infrastructure.papers.tokens import LIGHT

KINDS = {
    "hot": ALARM,
    "hot alone": "#eab3ac",
    "cold alone": LIGHT["r2"],
    "neither": LIGHT["tint2"],
    "no population": LIGHT["landline"],
}
TOWNS = ("Blackpool", "Preston", "Burnley", "Lancaster")


def ranks() -> Page:
    """Anti-social behaviour in the wards of Burnley in one month: rates, and places in order."""
    wards = _lancashire()
    here = wards["district"] == "Burnley"
    people, counts = wards["people"][here], wards["december"][here]
    smoothed = analysis.eb_smooth(counts, people / 1_000)
    # Letters for names: a page on how little an order tells should not itself hang anyone out.
    letters = np.empty(len(people), object)
    letters[np.argsort(-smoothed.rate)] = [f"Ward {chr(65 + n)}" for n in range(len(people))]
    placed = analysis.rank_intervals(smoothed, rng=1)
    raw = counts / people * 1_000
    rows = [
        {"ward": str(letter), "raw": float(raw[n]), "place": float(placed.median[n]),
         "first": float(placed.low[n]), "last": float(placed.high[n])}
        | {k: float(v[n]) for k, v in smoothed.columns().items()}
        for n, letter in enumerate(letters)
    ]  # fmt: skip
    y = {"field": "ward", "type": "nominal", "title": None,
         "sort": {"field": "rate", "order": "descending"}, "axis": {"labelLimit": 0}}  # fmt: skip
    dot = {"size": 60}
    per = "Reports per 1,000 inhabitants"
    steps = {"values": [0, 2, 4, 6, 8, 10], **PLAIN}
    rates = {
        "width": 250, "height": 300,
        "layer": [
            layer("rule", DEEP, style={"strokeWidth": 2}, x=value("low", per, axis=steps),
                  x2={"field": "high"}, y=y),
            layer("point", QUIET, style=dot | {"size": 45}, x=value("raw", per), y=y),
            layer("point", DEEP, style=dot, x=value("rate", per), y=y),
        ],
    }  # fmt: skip
    bare = y | {"axis": {"labels": False, "grid": True}}
    title = "Place in the order, 1 the highest"
    scale = {"domain": [1, len(rows)], "nice": False}
    axis = {"values": [1, 5, 10, 15], **PLAIN}
    order = {
        "width": 230, "height": 300,
        "layer": [
            layer("rule", SEEN, style={"strokeWidth": 2}, y=bare, x2={"field": "last"},
                  x=value("first", title, scale=scale, axis=axis)),
            layer("point", SEEN, style=dot, x=value("place", title), y=bare),
        ],
    }  # fmt: skip
    spec = framed(
        {"data": {"values": rows}, "hconcat": [rates, order], "spacing": 24},
        key=[
            ("count over inhabitants", QUIET, "dot"), ("smoothed, with interval", DEEP, "dot"),
        ],
    )  # fmt: skip
    top, low = int(np.argmax(smoothed.rate)), int(np.argmin(smoothed.rate))
    width = placed.high - placed.low
    return spec, {
        "n_wards": str(len(rows)),
        "top": str(letters[top]),
        "top_count": str(int(counts[top])),
        "top_raw": f"{raw[top]:.2f}",
        "top_rate": f"{smoothed.rate[top]:.2f}",
        "top_last": f"place {placed.high[top]:.0f}",
        "low": str(letters[low]),
        "low_count": str(int(counts[low])),
        "low_raw": f"{raw[low]:.2f}",
        "low_rate": f"{smoothed.rate[low]:.2f}",
        "low_places": f"{placed.low[low]:.0f} and {placed.high[low]:.0f}",
        "median_width": f"{np.median(width):.0f}",
    }


def _lancashire() -> dict[str, Any]:
    """Return the wards of Lancashire with inhabitants and what was reported in 2022."""
    import shapely

    from lykta.sources.reading import read_areas, read_events, read_population

    folder = "lancashire_ordningsstorningar"
    areas = read_areas(data(f"{folder}/lancashire_wards.gpkg"))
    people = read_population(data(f"{folder}/lancashire_ward_pop.xlsx"))
    known = dict(zip(people.codes, people.population, strict=True))
    events = read_events([data(f"{folder}/lancashire_asb.tab.gz")], metric_crs=areas.metric_crs)
    ward = analysis.assign_areas(events.x_m, events.y_m, areas.polygons).area
    n, inside = len(areas.codes), ward >= 0
    is_december = inside & (events.starts_at.astype("M8[M]") == np.datetime64("2022-12"))
    districts = read_areas(data(f"{folder}/lancashire_districts.geojson"))
    middle = shapely.get_coordinates(shapely.point_on_surface(areas.polygons))
    found = analysis.assign_areas(*middle.T, districts.polygons).area
    return {
        "name": np.array(areas.names),
        "polygons": areas.polygons,
        "people": np.array([float(known.get(code, np.nan)) for code in areas.codes]),
        "count": np.bincount(ward[inside], minlength=n),
        "december": np.bincount(ward[is_december], minlength=n),
        "district": np.array([*districts.names, ""])[found],
        "crs": areas.metric_crs,
    }


def hotspots() -> Page:
    """Anti-social behaviour in the wards of Lancashire in 2022: which lie among high rates."""
    wards = _lancashire()
    near = analysis.contiguity(wards["polygons"])
    found = analysis.getis_ord_gi_star(
        wards["count"], near, exposure=wards["people"], n_permutations=9_999, rng=1
    )
    is_alone, is_high = found.p_two_sided <= 0.05, found.p_upper < found.p_lower
    known = ~np.isnan(wards["people"])
    rates = wards["count"][known] / wards["people"][known] * 1_000
    local = analysis.local_moran(rates, near.keep(known), n_permutations=9_999, rng=1)
    is_like, names = local.p_fdr <= 0.05, wards["name"][known]
    kinds = np.select(
        [~found.is_tested, found.kind == 1, is_alone & is_high, is_alone & ~is_high],
        ["no population", "hot", "hot alone", "cold alone"],
        "neither",
    )
    return _map(wards, kinds), {
        "n_events": f"{wards['count'].sum():,}",
        "n_tested": str(int(found.is_tested.sum())),
        "n_left_out": str(int((~found.is_tested).sum())),
        "hot": " and ".join(wards["name"][found.kind == 1]),
        "n_alone_hot": str(int((is_alone & is_high).sum())),
        "n_alone_cold": str(int((is_alone & ~is_high).sum())),
        "n_like": str(int(is_like.sum())),
        "high_high": ", ".join(names[is_like & (local.quadrant == 1)]),
        "n_low_low": str(int((is_like & (local.quadrant == 3)).sum())),
        "n_local_alone": str(int((local.p_two_sided <= 0.05).sum())),
    }


def _map(wards: dict[str, Any], kinds: NDArray[np.str_]) -> Spec:
    """Return a map of the wards by kind, with the names of some towns."""
    import shapely

    shapes = shapely.coverage_simplify(wards["polygons"], 900)
    left, low, right, high = shapely.total_bounds(shapes)
    scale = 560 / (high - low)
    drawn = shapely.transform(shapes, lambda xy: (xy - (left, high)) * (scale, -scale))
    rows = [
        {"type": "Feature", "kind": str(kind), "geometry": json.loads(shapely.to_geojson(shape))}
        for kind, shape in zip(kinds, drawn, strict=True)
    ]
    middle = shapely.get_coordinates(shapely.centroid(drawn))
    towns = [
        {"name": town, "x": float(x), "y": float(y) - 22}
        for town in TOWNS
        for x, y in [middle[wards["district"] == town].mean(axis=0)]
    ]
    colour = {"field": "kind", "type": "nominal", "legend": None}
    colour["scale"] = {"domain": list(KINDS), "range": list(KINDS.values())}
    words = {"type": "text", "style": "strong", "stroke": LIGHT["bg"], "strokeWidth": 3}
    at = {"longitude": value("x", None), "latitude": value("y", None)}
    return framed(
        {
            "projection": {"type": "identity"},
            "layer": [
                {
                    "data": {"values": rows},
                    "mark": {"type": "geoshape", "stroke": LIGHT["landline"], "strokeWidth": 0.5},
                    "encoding": {"color": colour},
                },
                {
                    "data": {"values": towns},
                    "mark": words,
                    "encoding": at | {"text": {"field": "name"}},
                },
            ],
        },
        key=[(kind, fill, "box") for kind, fill in KINDS.items()],
        width=round((right - left) * scale),
        height=560,
    )


def counts() -> Page:
    """Shootings in the police districts of Philadelphia, 2019 against 2018."""
    found = read(
        "select any_value(dist) as district, min(date_)::date as day "
        "from read_csv($file, types = {'dc_key': 'varchar'}) "
        "where dc_key is not null and dist is not null group by dc_key",
        "philadelphia_shootings/shootings.csv.gz",
    )
    district, year = found["district"].astype(int), found["day"].astype("M8[Y]").astype(int) + 1970
    before, after = (np.bincount(district[year == y], minlength=40) for y in (2018, 2019))
    kept = np.flatnonzero(before >= 20)
    weeks = [weekly(found["day"][district == d], date(2017, 1, 2), 104) for d in kept]
    sway = [max(1.0, analysis.dispersion(one, season_length=YEAR)) for one in weeks]
    before, after = before[kept], after[kept]
    pure = analysis.compare_counts(after, before)
    real = analysis.compare_counts(after, before, dispersion=sway)
    names = [f"District {d}" for d in kept]
    pairs = [f"{b} to {a}" for b, a in zip(before, after, strict=True)]
    least = int(np.argmin(real.p_two_sided))
    return _ratios(names, pairs, pure, real), {
        "n": str(len(kept)),
        "district": names[least],
        "before": str(before[least]),
        "after": str(after[least]),
        "ratio": f"{real.ratio[least]:.2f}",
        "low": f"{real.low[least]:.2f}",
        "high": f"{real.high[least]:.2f}",
        "p": f"{real.p_two_sided[least]:.3f}",
        "q": f"{analysis.q_values(real.p_two_sided)[least]:.2f}",
        "dispersion": f"{sway[least]:.2f}",
        "largest_sway": f"{max(sway):.2f}",
    }


def _ratios(names: list[str], pairs: list[str], pure: Any, real: Any) -> Spec:
    """Return ratios with two intervals each, the counts beside them."""
    columns = {"ratio": real.ratio, "low": real.low, "high": real.high}
    columns |= {"pure_low": pure.low, "pure_high": pure.high}
    rows = [
        {"name": name, "pair": pair} | {k: float(v[n]) for k, v in columns.items()}
        for n, (name, pair) in enumerate(zip(names, pairs, strict=True))
    ]
    y = {"field": "name", "type": "nominal", "title": None}
    y["sort"] = {"field": "ratio", "order": "descending"}
    title = "Shootings 2019 for each in 2018"
    x = value("low", title, scale={"type": "log", "domain": [0.4, 2.6], "nice": False})
    x["axis"] = {"values": [0.5, 0.75, 1, 1.5, 2], **PLAIN}
    one = layer("rule", QUIET, style={"strokeDash": DASH}, x={"datum": 1}, y=None)
    thick, thin = {"strokeWidth": 5}, {"strokeWidth": 1.5}
    words = {"type": "text", "align": "left", "style": "small"}
    return framed(
        {
            "data": {"values": rows},
            "encoding": {"y": y},
            "layer": [
                one | {"data": {"values": [{}]}},
                layer("rule", SEEN, style=thin, x=x, x2={"field": "high"}),
                layer("rule", LIGHT["r3"], style=thick, x=value("pure_low", title),
                      x2={"field": "pure_high"}),
                layer("point", SEEN, style={"size": 60}, x=value("ratio", title)),
                {"mark": words, "encoding": {"x": {"value": 505}, "text": {"field": "pair"}}},
            ],
        },
        key=[
            ("ratio", SEEN, "dot"), ("interval, pure chance", LIGHT["r3"], [1, 0]),
            ("interval, as weeks really sway", SEEN, [1, 0]),
        ],
        width=500, height=340,
    )  # fmt: skip
