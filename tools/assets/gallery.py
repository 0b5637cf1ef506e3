"""The pictures of the gallery and the figures beside them, from open data sets.

Run from the root of the repository with LYKTA_REFERENCE_DIR set to the folder that holds the sets;
names of pages to draw only these. The pages build without the data: pictures and figures are kept.
"""

import gzip
import json
import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from tools.assets.drawings import (
    ALARM,
    DASH,
    DEEP,
    LONG,
    PLAIN,
    QUIET,
    SEEN,
    WEEKS,
    Spec,
    dated,
    framed,
    layer,
    lighter,
    value,
)

from lykta import analysis
from lykta.infrastructure.papers.drawing import to_svg
from lykta.infrastructure.papers.tokens import LIGHT

IMAGES = Path("docs/images/gallery")
FIGURES = Path("docs/gallery/figures.json")
Figures = dict[str, str]  # as they stand in the text
Page = tuple[Spec, Figures]
YEAR = 52.18  # weeks
LIFTED = {"Around the routes": 14, "Guarded routes": -14}  # labels that would lie on each other
TOWNS = ("Blackpool", "Preston", "Burnley", "Lancaster")


def main() -> None:
    """Write the picture and the figures of the pages that are asked for, or of all."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    known = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    for name in sys.argv[1:] or PAGES:
        spec, known[name] = PAGES[name]()
        (IMAGES / f"{name}.svg").write_text(lighter(to_svg(spec)) + "\n", encoding="utf-8")
    kept = {name: known[name] for name in PAGES if name in known}
    FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def data(name: str) -> Path:
    """Return where a file of the open sets lies."""
    return Path(os.environ["LYKTA_REFERENCE_DIR"]) / "data" / name


def read(query: str, name: str) -> dict[str, NDArray[Any]]:
    """Return the columns of a query on a file, which stands in it as `$file`."""
    found: dict[str, NDArray[Any]] = duckdb.execute(query, {"file": str(data(name))}).fetchnumpy()
    return {column: np.asarray(values) for column, values in found.items()}


def weekly(days: NDArray[Any], first: date, n_weeks: int) -> NDArray[np.int64]:
    """Return the events of each of so many weeks, the first beginning on a certain day."""
    week = (days.astype("M8[D]") - np.datetime64(first)).astype(int) // 7
    return np.bincount(week[(week >= 0) & (week < n_weeks)], minlength=n_weeks)


def mondays(first: date, n_weeks: int) -> list[str]:
    """Return the day on which each week begins."""
    return [(first + timedelta(weeks=n)).isoformat() for n in range(n_weeks)]


def farrington() -> Page:
    """Shootings in Brooklyn, each week of 2020 judged by the years before."""
    first, n_weeks, n_now = date(2006, 1, 2), 782, 52
    found = read(
        "select min(OCCUR_DATE::date) as day from read_csv($file) where BORO = 'BROOKLYN' "
        "group by INCIDENT_KEY",
        "nyc_shootings_venues/nyc_shootings.csv.gz",
    )
    counts = weekly(found["day"], first, n_weeks)
    judged = analysis.farrington(counts, threshold="predictive", n_now=n_now)
    calm = analysis.farrington(counts[:-n_now], threshold="predictive", n_now=104)
    days = mondays(first, n_weeks)
    is_alarm, top = np.flatnonzero(judged.is_alarm), int(np.argmax(judged.count))
    spec = framed(
        dated(judged.chart(), days),
        key=[
            ("counted", SEEN, [1, 0]), ("expected", QUIET, [1, 0]),
            ("largest count that is no alarm", QUIET, DASH), ("alarm", ALARM, "dot"),
        ],
    )  # fmt: skip
    summer = next(week for week in is_alarm if days[judged.week[week]] >= "2020-05-01")
    return spec, {
        "n_alarms": str(len(is_alarm)),
        "summer": days[judged.week[summer]],
        "summer_count": f"{judged.count[summer]:.0f}",
        "summer_expected": f"{judged.expected[summer]:.1f}",
        "summer_bound": f"{judged.upper_bound[summer]:.0f}",
        "top": days[judged.week[top]],
        "top_count": f"{judged.count[top]:.0f}",
        "dispersion": f"{judged.dispersion[summer]:.2f}",
        "n_calm_alarms": str(int(calm.is_alarm.sum())),
    }


def ears() -> Page:
    """Robberies in Memphis in 2019, each week judged by the seven before."""
    first, n_weeks = date(2019, 1, 7), 51
    found = read(
        "select date::timestamp::date as day from read_csv($file)",
        "memphis_robberies/memphis_robberies.csv",
    )
    counts = weekly(found["day"], first, n_weeks)
    asked = {"alpha": 0.01, "n_now": n_weeks - 7}
    published = analysis.ears(counts, "C1", **asked)
    wider = analysis.ears(counts, "C1", limit="t", **asked)
    chart = dated(published.chart(), mondays(first, n_weeks))
    for row, bound in zip(chart["data"]["values"], wider.upper_bound.tolist(), strict=True):
        row["wider"] = bound
    y = value("wider", "Events a week")
    chart["layer"] = [layer("line", DEEP, style={"strokeDash": LONG}, y=y), *chart["layer"]]
    spec = framed(
        chart,
        key=[
            ("counted", SEEN, [1, 0]), ("mean of seven weeks", QUIET, [1, 0]),
            ("published limit", QUIET, DASH), ("limit “t”", DEEP, LONG), ("alarm", ALARM, "dot"),
        ],
    )  # fmt: skip
    worst = int(np.flatnonzero(published.is_alarm)[-1])
    like = next(text for text in published.warnings if "correlation" in text)
    return spec, {
        "n_judged": str(n_weeks - 7),
        "n_alarms": str(int(published.is_alarm.sum())),
        "n_alarms_t": str(int(wider.is_alarm.sum())),
        "last": mondays(first, n_weeks)[published.week[worst]],
        "last_count": f"{published.count[worst]:.0f}",
        "last_mean": f"{published.expected[worst]:.1f}",
        "last_bound": f"{published.upper_bound[worst]:.1f}",
        "last_bound_t": f"{wider.upper_bound[worst]:.1f}",
        "correlation": like.split("correlation ")[1][:4],
    }


def limits() -> Page:
    """Notices of assault that the Swedish police published, 61 weeks after two years."""
    first, n_weeks, n_baseline = date(2023, 3, 27), 165, 104
    found = read(
        "select left(datetime, 10)::date as day from read_parquet($file) where type = 'Misshandel'",
        "polisen_handelser/handelser_2023-03_2026-05.parquet",
    )
    counts = weekly(found["day"], first, n_weeks)
    judged = analysis.control_limits(counts, n_baseline=n_baseline, season_length=YEAR)
    days, later = mondays(first, n_weeks)[n_baseline:], counts[n_baseline:]
    columns = {name: judged.columns()[name] for name in ("expected", "lower", "upper", "kind")}
    rows = [
        {"week": day, "count": int(count)} | {k: float(v[n]) for k, v in columns.items()}
        for n, (day, count) in enumerate(zip(days, later, strict=True))
    ]
    y = value("count", "Notices a week")
    spec = framed(
        {
            "data": {"values": rows},
            "encoding": {"x": WEEKS | {"field": "week"}},
            "layer": [
                layer("area", LIGHT["r1"], y=value("lower", y["title"]), y2={"field": "upper"}),
                layer("line", QUIET, y=value("expected", y["title"])),
                layer("line", SEEN, style={"point": {"size": 20, "color": SEEN}}, y=y),
                layer("point", ALARM, style={"filled": True, "size": 90}, y=y)
                | {"transform": [{"filter": "datum.kind != 0"}]},
            ],
        },
        key=[
            ("counted", SEEN, [1, 0]), ("expected", QUIET, [1, 0]),
            ("between the limits", LIGHT["r1"], "box"), ("outside", ALARM, "dot"),
        ],
    )  # fmt: skip
    out = np.flatnonzero(judged.kind)
    return spec, {
        "n_later": str(len(later)),
        "n_out": str(len(out)),
        "out": " and ".join(days[n] for n in out),
        "out_counts": " and ".join(str(later[n]) for n in out),
        "out_upper": " and ".join(f"{judged.upper[n]:.0f}" for n in out),
        "dispersion": f"{judged.dispersion:.2f}",
        "by_chance": f"{0.0027 * len(later):.1f}",
    }


def busiest() -> Page:
    """Shootings in one New York precinct: the busiest fortnight of 2018 and 2019."""
    found = read(
        "select min(OCCUR_DATE::date + OCCUR_TIME::time) as t from read_csv($file) "
        "where PRECINCT = 75 group by INCIDENT_KEY order by t",
        "nyc_shootings_venues/nyc_shootings.csv.gz",
    )["t"].astype("M8[s]")
    known = (found >= np.datetime64("2015-01-01")) & (found < np.datetime64("2018-01-01"))
    later = found[(found >= np.datetime64("2018-01-01")) & (found < np.datetime64("2020-01-01"))]
    rate, window, total = float(known.sum()) / 1_096, 14.0, 730.0
    day = (later - np.datetime64("2018-01-01")) / np.timedelta64(86_400, "s")
    held = np.searchsorted(day, day + window) - np.arange(len(day))
    n, at = int(held.max()), int(held.argmax())
    p = analysis.temporal_scan_p(n, window, total, rate)
    swayed = analysis.temporal_scan_p(n, window, total, rate, dispersion=1.5)
    turns = np.unique(np.concatenate((day, day - window, [0.0])))
    turns = turns[(turns >= 0) & (turns <= total - window)]
    holds = np.searchsorted(day, turns + window, "right") - np.searchsorted(day, turns, "right")
    rows = [
        {"day": str(np.datetime64("2018-01-01T00:00") + int(1_440 * turn)), "n": int(k)}
        for turn, k in zip(turns, holds, strict=True)
    ]
    x = {"field": "day", "type": "temporal", "title": "Fourteen days that begin"}
    x["axis"] = {"format": "%Y-%m", "tickCount": 8}
    y = value("n", "Shootings within them")
    top = [{"day": str(later[at]), "n": n}]
    spec = framed(
        {
            "data": {"values": rows},
            "encoding": {"x": x, "y": y},
            "layer": [
                layer("area", SEEN, style={"interpolate": "step-after"}),
                layer("rule", ALARM, style={"strokeDash": DASH, "strokeWidth": 2},
                      x=None, y={"datum": rate * window}),
                layer("point", ALARM, style={"filled": True, "size": 90}) | {"data": {"values": top}},
            ],
        },
        key=[
            ("shootings", SEEN, "box"), ("usual, from the years before", ALARM, DASH),
            ("the busiest fourteen days", ALARM, "dot"),
        ],
    )  # fmt: skip
    return spec, {
        "n_known": str(int(known.sum())),
        "rate": f"{rate:.3f}",
        "usual": f"{rate * window:.1f}",
        "n_later": str(len(later)),
        "n": str(n),
        "begins": str(later[at])[:10],
        "p": f"{p:.3f}",
        "p_swayed": f"{swayed:.2f}",
        "one_window": f"{_poisson_tail(n, rate * window):.5f}",
    }


def _poisson_tail(n: int, mean: float) -> float:
    from scipy import special

    return float(special.pdtrc(n - 1, mean))


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
        mark = {"type": "text", "align": align, "dx": offset, "style": "small"}
        return {
            "transform": [{"filter": f"datum.when == '{when}'"}, {"calculate": expression, "as": "words"}],
            "mark": mark, "encoding": {"text": {"field": "words"}, "x": x, "y": y | {"field": "at"}},
        }  # fmt: skip

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
    routes = [
        (each["properties"], shapely.transform(
            shapely.from_geojson(json.dumps(each["geometry"])), lambda xy: np.column_stack(metres(*xy.T))
        ))
        for each in stored["features"]
    ]  # fmt: skip
    guarded = shapely.union_all(
        [s for said, s in routes if (said["school_year"], said["geom_kind"]) == ("SY1314", "line")]
    )
    ever = shapely.union_all(shapely.make_valid(np.array([s for _, s in routes])))
    schools = read(
        "select X::double as x, Y::double as y from read_csv($file)",
        f"{folder}/CPS_School_Locations_SY1415.csv",
    )
    points = shapely.points(*metres(schools["x"], schools["y"]))
    others = shapely.union_all(points[shapely.distance(points, ever) > 1_000])
    near, rest = guarded.buffer(200), others.buffer(400)
    zones = (near, rest, guarded.buffer(500).difference(near), others.buffer(700).difference(rest))
    events = read(
        "select date, longitude as x, latitude as y from read_csv($file) where longitude is not null"
        " and dayofweek(date) between 1 and 5 and hour(date) between 6 and 17",
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
    chart["encoding"]["x"] |= {"title": "Years since the law", "axis": {"tickCount": 10}}
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
        "freedom": f"{whole.degrees_of_freedom:.1f}",
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


def ranks() -> Page:
    """Anti-social behaviour in the wards of Burnley in one month: rates, and places in order."""
    wards = _lancashire()
    here = wards["district"] == "Burnley"
    names, people = wards["name"][here], wards["people"][here]
    counts = wards["december"][here]
    smoothed = analysis.eb_smooth(counts, people / 1_000)
    placed = analysis.rank_intervals(smoothed, rng=1)
    raw = counts / people * 1_000
    rows = [
        {"ward": str(name), "raw": float(raw[n]), "place": float(placed.median[n]),
         "first": float(placed.low[n]), "last": float(placed.high[n])}
        | {k: float(v[n]) for k, v in smoothed.columns().items()}
        for n, name in enumerate(names)
    ]  # fmt: skip
    y = {"field": "ward", "type": "nominal", "title": None,
         "sort": {"field": "rate", "order": "descending"}, "axis": {"labelLimit": 0}}  # fmt: skip
    dot = {"filled": True, "size": 60, "opacity": 1}
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
            layer("rule", SEEN, style={"strokeWidth": 2}, x=value("first", title, scale=scale, axis=axis),
                  x2={"field": "last"}, y=bare),
            layer("point", SEEN, style=dot, x=value("place", title), y=bare),
        ],
    }  # fmt: skip
    spec = framed(
        {"data": {"values": rows}, "hconcat": [rates, order], "spacing": 24},
        key=[
            ("count over inhabitants", QUIET, "dot"), ("smoothed, with interval", DEEP, "dot"),
            ("place, with interval", SEEN, "dot"),
        ],
    )  # fmt: skip
    top, low = int(np.argmax(smoothed.rate)), int(np.argmin(smoothed.rate))
    width = placed.high - placed.low
    return spec, {
        "n_wards": str(len(rows)),
        "top": str(names[top]),
        "top_count": str(int(counts[top])),
        "top_raw": f"{raw[top]:.2f}",
        "top_rate": f"{smoothed.rate[top]:.2f}",
        "top_places": f"{placed.low[top]:.0f} and {placed.high[top]:.0f}",
        "low": str(names[low]),
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
    import shapely

    wards = _lancashire()
    near = analysis.contiguity(wards["polygons"])
    found = analysis.getis_ord_gi_star(
        wards["count"], near, exposure=wards["people"], n_permutations=9_999, rng=1
    )
    alone = np.where(found.p_two_sided <= 0.05, np.where(found.p_upper < found.p_lower, 1, -1), 0)
    known = ~np.isnan(wards["people"])
    rates = wards["count"][known] / wards["people"][known] * 1_000
    local = analysis.local_moran(rates, near.keep(known), n_permutations=9_999, rng=1)
    is_like = local.p_fdr <= 0.05
    kinds = np.select(
        [~found.is_tested, found.kind == 1, alone == 1, alone == -1],
        ["none", "hot", "warm", "cool"],
        "usual",
    )
    shapes = shapely.coverage_simplify(wards["polygons"], 900)
    left, low, right, high = shapely.total_bounds(shapes)
    scale = 560 / (high - low)
    drawn = shapely.transform(shapes, lambda xy: (xy - (left, high)) * (scale, -scale))
    rows = [
        {
            "type": "Feature",
            "properties": {"kind": str(kind)},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for kind, shape in zip(kinds, drawn, strict=True)
    ]
    middle = shapely.centroid(drawn)
    towns = [
        {
            "name": town,
            "x": float(np.mean(shapely.get_x(part))),
            "y": float(np.mean(shapely.get_y(part))) - 22,
        }
        for town in TOWNS
        if len(part := middle[wards["district"] == town])
    ]
    colours = {
        "none": LIGHT["line2"],
        "hot": ALARM,
        "warm": "#eab3ac",
        "cool": LIGHT["r2"],
        "usual": LIGHT["tint2"],
    }
    colour = {"field": "properties.kind", "type": "nominal", "legend": None,
              "scale": {"domain": list(colours), "range": list(colours.values())}}  # fmt: skip
    spec = framed(
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
                    "mark": {"type": "text", "style": "strong", "stroke": LIGHT["bg"], "strokeWidth": 3},
                    "encoding": {"longitude": value("x", None), "latitude": value("y", None), "text": {"field": "name"}},
                },
            ],
        },
        key=[
            ("hot", ALARM, "box"), ("hot alone", colours["warm"], "box"),
            ("cold alone", colours["cool"], "box"), ("neither", LIGHT["tint2"], "box"), ("no population", colours["none"], "box"),
        ],
        width=round((right - left) * scale), height=560,
    )  # fmt: skip
    names = wards["name"][known]
    return spec, {
        "n_events": f"{wards['count'].sum():,}",
        "n_tested": str(int(found.is_tested.sum())),
        "n_left_out": str(int((~found.is_tested).sum())),
        "hot": " and ".join(wards["name"][found.kind == 1]),
        "n_alone_hot": str(int((alone == 1).sum())),
        "n_alone_cold": str(int((alone == -1).sum())),
        "n_like": str(int(is_like.sum())),
        "high_high": ", ".join(names[is_like & (local.quadrant == 1)]),
        "n_low_low": str(int((is_like & (local.quadrant == 3)).sum())),
        "n_local_alone": str(int((local.p_two_sided <= 0.05).sum())),
    }


def counts() -> Page:
    """Shootings in the police districts of Philadelphia, 2019 against 2018."""
    first, n_weeks = date(2017, 1, 2), 104
    found = read(
        "select any_value(dist) as district, min(date_)::date as day from read_csv($file, "
        "types = {'dc_key': 'varchar'}) where dc_key is not null and dist is not null group by dc_key",
        "philadelphia_shootings/shootings.csv.gz",
    )
    year = found["day"].astype("M8[Y]").astype(int) + 1970
    before, after = (
        np.bincount(found["district"][year == y].astype(int), minlength=40) for y in (2018, 2019)
    )
    kept = np.flatnonzero(before >= 20)
    sway = [
        max(
            1.0,
            analysis.dispersion(
                weekly(found["day"][found["district"] == d], first, n_weeks), season_length=YEAR
            ),
        )
        for d in kept
    ]
    pure = analysis.compare_counts(after[kept], before[kept])
    real = analysis.compare_counts(after[kept], before[kept], dispersion=sway)
    rows = [
        {"district": f"District {d}", "counts": f"{before[d]} to {after[d]}", "ratio": float(real.ratio[n]),
         "low": float(real.low[n]), "high": float(real.high[n]),
         "pure_low": float(pure.low[n]), "pure_high": float(pure.high[n])}
        for n, d in enumerate(kept)
    ]  # fmt: skip
    y = {
        "field": "district",
        "type": "nominal",
        "title": None,
        "sort": {"field": "ratio", "order": "descending"},
    }
    scale = {"type": "log", "domain": [0.4, 2.6], "nice": False}
    axis = {"values": [0.5, 0.75, 1, 1.5, 2], **PLAIN}
    x = value("low", "Shootings 2019 for each in 2018", scale=scale, axis=axis)
    title = x["title"]
    spec = framed(
        {
            "data": {"values": rows},
            "encoding": {"y": y},
            "layer": [
                layer("rule", QUIET, style={"strokeDash": DASH}, x={"datum": 1}) | {"data": {"values": [{}]}, "encoding": {"x": {"datum": 1}, "y": None}},
                layer("rule", SEEN, style={"strokeWidth": 1.5}, x=x, x2={"field": "high"}),
                layer("rule", LIGHT["r3"], style={"strokeWidth": 5}, x=value("pure_low", title), x2={"field": "pure_high"}),
                layer("point", SEEN, style={"filled": True, "size": 60, "opacity": 1}, x=value("ratio", title)),
                {"mark": {"type": "text", "align": "left", "style": "small"}, "encoding": {"x": {"value": 505}, "text": {"field": "counts"}}},
            ],
        },
        key=[
            ("ratio", SEEN, "dot"), ("interval, pure chance", LIGHT["r3"], [1, 0]),
            ("interval, as weeks really sway", SEEN, [1, 0]),
        ],
        width=500, height=340,
    )  # fmt: skip
    least = int(np.argmin(real.p_two_sided))
    q = analysis.q_values(real.p_two_sided)
    return spec, {
        "n": str(len(kept)),
        "district": f"District {kept[least]}",
        "before": str(before[kept[least]]),
        "after": str(after[kept[least]]),
        "ratio": f"{real.ratio[least]:.2f}",
        "low": f"{real.low[least]:.2f}",
        "high": f"{real.high[least]:.2f}",
        "p": f"{real.p_two_sided[least]:.3f}",
        "pure_p": f"{pure.p_two_sided[least]:.3f}",
        "dispersion": f"{sway[least]:.2f}",
        "q": f"{q[least]:.2f}",
        "largest_sway": f"{max(sway):.2f}",
    }


PAGES: dict[str, Callable[[], Page]] = {
    "farrington": farrington,
    "ears": ears,
    "limits": limits,
    "busiest-window": busiest,
    "displacement": displacement,
    "panels": panel,
    "synthetic-control": synthetic,
    "ranks": ranks,
    "hot-spots": hotspots,
    "two-counts": counts,
}

if __name__ == "__main__":
    main()
