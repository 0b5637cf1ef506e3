"""Pages of weeks that are out of the ordinary."""

from datetime import date

import numpy as np
from tools.assets.pages.drawing import (
    ALARM,
    DASH,
    DEEP,
    LONG,
    QUIET,
    SEEN,
    WEEKS,
    Page,
    dated,
    framed,
    layer,
    value,
)
from tools.assets.pages.reading import YEAR, mondays, read, weekly

from lykta import analysis
from lykta.infrastructure.papers.tokens import LIGHT


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
                layer("point", ALARM, style={"size": 90}, y=y)
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
                {**layer("point", ALARM, style={"size": 90}), "data": {"values": top}},
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
