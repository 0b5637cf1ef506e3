"""The page of surveys: invented answers, raked to what is really known of Huddinge."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import ALARM, DEEP, QUIET, Page, Spec, framed, layer, value
from tools.assets.pages.reading import data, read

from lykta import analysis

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# All of these are invented. Rows: the kinds of area 2 to 5; columns: small houses, all else.
UNSAFE = np.array([[0.36, 0.46], [0.30, 0.38], [0.20, 0.28], [0.14, 0.20]])
ANSWERS = np.array([[0.45, 0.20], [0.48, 0.28], [0.58, 0.40], [0.66, 0.48]])
N_ASKED = 1_600
SHY = np.array([1.0, 0.5])
N_DRAWS = 500
KINDS = ("2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Sample:
    """Those who answered: the kind of area and of house of each, and whether they feel unsafe."""

    kind: Ints
    house: Ints
    unsafe: Floats


def survey() -> Page:
    """A share that feels unsafe, as answered and as raked, beside the truth that was invented."""
    areas, houses, people = _known()
    truth = float((people * UNSAFE).sum() / people.sum())
    drawn = [_drawn(people, np.ones(2), seed=n) for n in range(N_DRAWS)]
    wholes = [_raked(each, areas, houses) for each in drawn]
    plains = [analysis.weighted_mean(each.unsafe, np.ones(len(each.unsafe))) for each in drawn]
    # Whoever feels unsafe answers half as often, in each cell alike.
    shy = [_raked(_drawn(people, SHY, seed=n), areas, houses) for n in range(N_DRAWS)]
    typical = int(np.argsort([one.estimate for one in wholes])[N_DRAWS // 2])
    sample, whole, plain = drawn[typical], wholes[typical], plains[typical]
    weights = analysis.rake([sample.kind, sample.house], [areas, houses])
    groups = [
        analysis.weighted_mean(sample.unsafe, weights, domain=sample.kind == n, rng=1)
        for n in range(len(KINDS))
    ]
    gaps = analysis.differences(groups, is_one_sample=True)
    far = int(np.flatnonzero((gaps.first == 0) & (gaps.second == len(KINDS) - 1))[0])
    truths = [float((people[n] * UNSAFE[n]).sum() / people[n].sum()) for n in range(len(KINDS))]
    names = ["All, as answered", "All, raked", *(f"Areas of kind {kind}" for kind in KINDS)]
    spec = _shares(names, [plain, whole, *groups], [truth, truth, *truths])
    return spec, {
        "n_adults": f"{areas.sum():,.0f}",
        "n_asked": f"{N_ASKED:,}",
        "n": f"{len(sample.unsafe)} answered",
        "share_kind_2": _percent(float(areas[0] / areas.sum())),
        "share_kind_2_answered": _percent(float((sample.kind == 0).mean())),
        "plain": _with_interval(plain),
        "raked": _with_interval(whole),
        "truth": _percent(truth),
        "effective_n": f"{weights.effective_n:.0f}",
        "gap": f"{gaps.difference[far] * 100:.1f} points",
        "gap_interval": f"{gaps.low[far] * 100:.1f} to {gaps.high[far] * 100:.1f}",
        "n_sure": f"{(gaps.p_holm <= 0.05).sum()} of {len(gaps.p_holm)}",
        "n_draws": f"{N_DRAWS} times",
        "plain_holds": f"{_held(plains, truth)} times",
        "raked_holds": f"{_held(wholes, truth)} times",
        "shy_mean": _percent(float(np.mean([one.estimate for one in shy]))),
        "shy_holds": f"{_held(shy, truth)} times",
    }


def _raked(sample: Sample, areas: Floats, houses: Floats) -> analysis.Estimate:
    weights = analysis.rake([sample.kind, sample.house], [areas, houses])
    return analysis.weighted_mean(sample.unsafe, weights, rng=1)


def _held(estimates: list[analysis.Estimate], truth: float) -> int:
    """Return how many of the intervals hold the truth."""
    return sum(one.low <= truth <= one.high for one in estimates)


def _with_interval(one: analysis.Estimate) -> str:
    return f"{_percent(one.estimate)} (95 % interval {one.low * 100:.1f} to {one.high * 100:.1f})"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _known() -> tuple[Floats, Floats, Floats]:
    """Return adults by kind of area, by kind of house, and (invented) by both, in Huddinge.

    How many live in small houses is known of all ages; the share is taken for that of adults.
    """
    found = read(
        "select omradestyp_2022 as kind, sum(inkomst_antal) as adults, "
        "sum(hustyp_smahus) / sum(hustyp_totalt) as small "
        "from read_csv($file, types = {'deso': 'varchar'}) "
        f"join read_csv('{data('scb_deso_statistik/deso_2018_regso_2020_omradestyp.csv.gz')}') "
        "using (deso) group by kind order by kind",
        "scb_deso_statistik/deso_2018_statistik_huddinge.csv",
    )
    areas = found["adults"].astype(float)
    people = areas[:, None] * np.column_stack((found["small"], 1 - found["small"]))
    return areas, people.sum(axis=0), people


def _drawn(people: Floats, eager: Floats, *, seed: int) -> Sample:
    """Return those who answer of a simple sample; `eager` tells the safe and the unsafe apart."""
    rng = np.random.default_rng(seed)
    cell = rng.choice(people.size, N_ASKED, p=(people / people.sum()).ravel())
    unsafe = rng.random(N_ASKED) < UNSAFE.ravel()[cell]
    has_answered = rng.random(N_ASKED) < ANSWERS.ravel()[cell] * eager[unsafe.astype(int)]
    kind, house = np.divmod(cell[has_answered], 2)
    return Sample(kind, house, unsafe[has_answered].astype(float))


def _shares(names: list[str], estimates: list[Any], truths: list[float]) -> Spec:
    """Return shares with their intervals, and the truth of each."""
    rows = [
        {"name": name, "share": one.estimate, "low": one.low, "high": one.high, "truth": truth}
        for name, one, truth in zip(names, estimates, truths, strict=True)
    ]
    y = {"field": "name", "type": "nominal", "title": None, "sort": None}
    y["axis"] = {"labelLimit": 0}
    percent = {"labelExpr": "round(datum.value * 100) + ' %'", "labelFlush": False}
    title = "Feel unsafe (invented)"
    x = value("low", title, scale={"domain": [0, 0.6]},
              axis=percent | {"values": [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]})  # fmt: skip
    first = f"datum.name === '{names[0]}'"
    colour = {"condition": {"test": first, "value": QUIET}, "value": DEEP}
    tick = {"thickness": 2.5, "size": 20, "opacity": 1}
    return framed(
        {
            "data": {"values": rows},
            "encoding": {"y": y},
            "layer": [
                layer("rule", DEEP, style={"strokeWidth": 2}, x=x, x2={"field": "high"},
                      color=colour),
                layer("point", DEEP, style={"size": 70}, x=value("share", title), color=colour),
                layer("tick", ALARM, style=tick, x=value("truth", title)),
            ],
        },
        key=[
            ("as answered", QUIET, "dot"), ("raked, with interval", DEEP, "dot"),
            ("the truth that was invented", ALARM, [1, 0]),
        ],
        width=480, height=220,
    )  # fmt: skip
