"""Pages of measures: did they help?"""

import gzip
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import (
    ALARM,
    DASH,
    PLAIN,
    QUIET,
    SEEN,
    Page,
    Spec,
    framed,
    value,
)
from tools.assets.pages.reading import data, read

from lykta import analysis

LIFTED = {"Around the routes": 14, "Guarded routes": -14}  # labels that would lie on each other


def displacement() -> Page:
    """Assaults in Chicago at walking routes that were guarded from the autumn of 2013."""
    counted, baseline = _assaults_by_zone()
    found = analysis.wdd(*counted, baseline=baseline)
    names = ("Guarded routes", "Schools without", "Around the routes", "Around those schools")
    rows = [
        {"area": name, "when": when, "n": n, "at": n + LIFTED.get(name, 0)}
        for name, pair in zip(names, counted, strict=True)
        for when, n in zip(("2012–13", "2013–14"), pair, strict=True)
    ]
    colours = {"domain": list(names), "range": [ALARM, SEEN, "#d98b86", "#8ba5bf"]}
    colour = {"field": "area", "type": "nominal", "scale": colours, "legend": None}
    x = {"field": "when", "type": "ordinal", "title": "School year, weekdays 6–18",
         "axis": {"labelAngle": 0}, "scale": {"padding": 0.2}}  # fmt: skip
    y = value("n", "Aggravated assaults")

    def words(align: str, when: str, offset: int, expression: str) -> Spec:
        words = {"type": "text", "align": align, "dx": offset, "style": "small"}
        return {
            "transform": [
                {"filter": f"datum.when == '{when}'"},
                {"calculate": expression, "as": "words"},
            ],
            "mark": words,
            "encoding": {"text": {"field": "words"}, "x": x, "y": y | {"field": "at"}},
        }

    spec = framed(
        {
            "data": {"values": rows},
            "layer": [
                {"mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 2.5},
                 "encoding": {"x": x, "y": y, "color": colour}},
                words("right", "2012–13", -10, "'' + datum.n"),
                words("left", "2013–14", 10, "datum.n + '  ' + datum.area"),
            ],
        },
        width=560, height=280,
    )  # fmt: skip
    one = {k: float(v[0]) for k, v in found.columns().items()}
    pairs = {f"pair_{n}": f"{before},{after}" for n, (before, after) in enumerate(counted, 1)}
    return spec, pairs | {
        "estimate": f"{one['estimate']:.0f}",
        "low": f"{one['low']:.0f}",
        "high": f"{one['high']:.0f}",
        "local": f"{one['local']:.0f}",
        "displacement": f"{one['displacement']:.0f}",
        "ratio": f"{one['ratio']:.2f}",
        "ratio_low": f"{one['ratio_low']:.2f}",
        "ratio_high": f"{one['ratio_high']:.3f}",
        "dispersion": f"{one['dispersion']:.2f}",
    }


def _assaults_by_zone() -> tuple[list[tuple[int, int]], NDArray[np.int64]]:
    """Return the assaults of two school years in four zones, and of each month before."""
    import shapely
    from pyproj import Transformer

    folder = "chicago_assaults_safe_passage"
    metres = Transformer.from_crs(4326, 26971, always_xy=True).transform
    stored = json.loads(
        gzip.decompress(data(f"{folder}/safe_passage_routes_4326.geojson.gz").read_bytes())
    )
    shapes = shapely.transform(
        shapely.from_geojson([json.dumps(each["geometry"]) for each in stored["features"]]),
        lambda xy: np.column_stack(metres(*xy.T)),
    )
    kinds = [each["properties"] for each in stored["features"]]
    is_first = [(k["school_year"], k["geom_kind"]) == ("SY1314", "line") for k in kinds]
    guarded, ever = (
        shapely.union_all(shapes[is_first]),
        shapely.union_all(shapely.make_valid(shapes)),
    )
    schools = read(
        "select X::double as x, Y::double as y from read_csv($file)",
        f"{folder}/CPS_School_Locations_SY1415.csv",
    )
    points = shapely.points(*metres(schools["x"], schools["y"]))
    others = shapely.union_all(points[shapely.distance(points, ever) > 1_000])
    near, rest = guarded.buffer(200), others.buffer(400)
    zones = (near, rest, guarded.buffer(500).difference(near), others.buffer(700).difference(rest))
    events = read(
        "select date, longitude as x, latitude as y from read_csv($file) "
        "where longitude is not null and dayofweek(date) between 1 and 5 "
        "and hour(date) between 6 and 17",
        f"{folder}/chicago_aggravated_assaults.csv.gz",
    )
    x, y = metres(events["x"], events["y"])
    month = events["date"].astype("M8[M]").astype(int)
    held = [np.bincount(month[shapely.contains_xy(zone, x, y)], minlength=540) for zone in zones]
    by_month = np.array(held)[:, 488:]  # from September 2010
    terms = np.flatnonzero(np.arange(by_month.shape[1]) % 12 < 9)  # September to May
    terms = terms[terms < 48]
    years = by_month[:, terms].reshape(4, -1, 9)
    counted = [(int(before.sum()), int(after.sum())) for before, after in years[:, 2:4]]
    return counted, years[:, :3].reshape(4, -1)


def _castle(column: str) -> dict[str, NDArray[Any]]:
    """Return the panel of states and years: events, inhabitants, and whether the law was there."""
    return read(
        f"select sid, year, post, popwt, {column} as rate from read_csv($file) order by sid, year",
        "castle_doctrine_panel/castle.csv",
    )


def panel() -> Page:
    """Homicide in the states of the USA around laws that widened the right to self-defence."""
    rows = _castle("homicide")
    asked = (rows["rate"] * rows["popwt"] / 1e5, rows["sid"], rows["year"], rows["post"])
    whole = analysis.poisson_did(*asked, exposure=rows["popwt"])
    study = analysis.event_study(*asked, exposure=rows["popwt"])
    thefts = _castle("burglary")
    theft = analysis.poisson_did(
        thefts["rate"] * thefts["popwt"] / 1e5, *asked[1:], exposure=rows["popwt"]
    )
    chart = study.chart()
    shown = [row for row in chart["data"]["values"] if -6 <= row["place"] <= 3]
    chart["data"] = {"values": [*shown, {"place": -1, "ratio": 1.0, "low": 1.0, "high": 1.0}]}
    chart["encoding"]["x"] |= {
        "title": "Years since the law",
        "axis": {"tickCount": 10, "labelFlush": False},
    }
    y = {"title": "Ratio to states without", "axis": {"values": [0.9, 1, 1.1, 1.2], **PLAIN}}
    y["scale"] = {"type": "log", "domain": [0.84, 1.27], "nice": False}
    styles = ({"strokeWidth": 2}, {"filled": True, "size": 70}, {"color": QUIET})
    for part, style in zip(chart["layer"], styles, strict=True):
        mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        part["mark"] = {"color": SEEN, "opacity": 1} | mark | style
        part["encoding"]["y"] |= y
    chart["layer"][2]["encoding"]["x"] = None
    key = [
        ("ratio", SEEN, "dot"),
        ("95 % interval", SEEN, [1, 0]),
        ("as in states without", QUIET, DASH),
    ]
    at = {int(k): n for n, k in enumerate(study.relative)}
    return framed(chart, key=key), {
        "ratio": f"{whole.ratio:.2f}",
        "low": f"{whole.low:.2f}",
        "high": f"{whole.high:.2f}",
        "p": f"{whole.p:.3f}",
        "n_treated": str(whole.n_treated_clusters),
        "pre_trend_p": f"{study.pre_trend_p:.2f}",
        "first_year": f"{study.ratio[at[0]]:.2f}",
        "first_year_low": f"{study.low[at[0]]:.2f}",
        "first_year_high": f"{study.high[at[0]]:.2f}",
        "burglary": f"{theft.ratio:.2f}",
        "burglary_low": f"{theft.low:.2f}",
        "burglary_high": f"{theft.high:.2f}",
    }


def synthetic() -> Page:
    """Homicide in Florida beside a mixture of states that never got the law."""
    rows = _castle("homicide")
    rates, laws = rows["rate"].reshape(50, 11), rows["post"].reshape(50, 11)
    states = rows["sid"].reshape(50, 11)[:, 0]
    never = np.flatnonzero(laws.max(axis=1) == 0)
    florida = int(np.flatnonzero(states == 10)[0])
    found = analysis.synthetic_control(rates[[florida, *never]], 0, 6)
    chart = found.chart()
    for row in chart["data"]["values"]:
        row["place"] += 2000
    chart["encoding"]["x"] |= {
        "title": "Year",
        "axis": {"format": "d", "labelFlush": False},
        "scale": {"zero": False},
    }
    colours = ({"strokeWidth": 2.5}, {"strokeWidth": 2}, {})
    for part, colour, style in zip(chart["layer"], (SEEN, ALARM, QUIET), colours, strict=True):
        mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        part["mark"] = mark | {"color": colour} | style
    for part in chart["layer"][:2]:
        part["encoding"]["y"] |= {
            "title": "Homicides per 100,000",
            "scale": {"zero": False},
            "axis": PLAIN,
        }
    chart["layer"][2]["encoding"]["x"] = {"datum": 2006}
    key = [
        ("Florida", SEEN, [1, 0]),
        ("mixture of others", ALARM, [4, 4]),
        ("first year with the law", QUIET, [1, 0]),
    ]
    kept = found.leave_one_out[~np.isnan(found.leave_one_out)]
    return framed(chart, key=key), {
        "n_units": str(len(never) + 1),
        "n_donors": str(int((found.weights > 0.005).sum())),
        "largest": f"{100 * found.weights.max():.0f} %",
        "att": f"{found.att:.2f}",
        "pre_rmspe": f"{found.pre_rmspe:.2f}",
        "p": f"{found.p:.2f}",
        "n_as_large": str(round(found.p * (len(never) + 1))),
        "leave_low": f"{kept.min():.2f}",
        "leave_high": f"{kept.max():.2f}",
    }
