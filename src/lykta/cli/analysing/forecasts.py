"""Doors to forecasts: is one better than the simplest guess, and does a map find the places?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from lykta.cli.analysing import columns, series
from lykta.cli.analysing.answers import Answer, answer_of, answering, number, percent

Floats = NDArray[np.float64]
HALF_LIFE_WEEKS = 8
_VERDICTS = {
    "better than the baseline": "Prognosen är bättre än den enklaste gissningen.",
    "no better than the baseline": "Prognosen är inte bättre än den enklaste gissningen.",
    "cannot tell": "Det går inte att säga om prognosen är bättre än den enklaste gissningen.",
}


def _fading(past: Floats) -> Floats:
    """Return means in which a week counts half as much as one eight weeks later."""
    weights = 0.5 ** (np.arange(past.shape[1])[::-1] / HALF_LIFE_WEEKS)
    return np.asarray(past @ weights / weights.sum())


def _yearly(past: Floats) -> Floats:
    """Return means of the seven weeks around the same week of each year before."""
    n = past.shape[1]
    around = [n - 52 * year + step for year in range(1, n // 52 + 1) for step in range(-3, 4)]
    taken = [week for week in around if 0 <= week < n]
    return np.asarray(past[:, taken].mean(axis=1) if taken else past.mean(axis=1))


FORECASTS: dict[str, Callable[[Floats], Floats]] = {"fading": _fading, "yearly": _yearly}


@click.command(options_metavar="[VAL]")
@series.counting
@series.divided
@click.option(
    "--forecast", "name", default="fading", show_default=True, type=click.Choice(list(FORECASTS)),
    help="fading: nyare veckor väger mer. yearly: samma tid åren före.",
)  # fmt: skip
@click.option("--weeks", "n_test", default=52, show_default=True, help="Veckor att pröva på.")
@click.option("--seed", default=1, show_default=True, help="Frö för intervallet.")
@answering
def backtest(*, name: str, n_test: int, seed: int, **asked: Any) -> Answer:
    """Pröva en prognos vecka för vecka mot fjolårets vecka och de senaste veckornas medel."""
    from lykta.analysis import backtest as tested

    found = series.read(**asked)
    result = tested(found.counts, FORECASTS[name], n_test=n_test, rng=seed)
    said = (
        _VERDICTS[result.verdict],
        f"Mot ”{result.baseline}” vinner den {number(result.gain)} ({number(result.gain_low)} till "
        f"{number(result.gain_high)}) i devians.",
    )
    return answer_of(
        "backtest", result, said=said, names={}, notes=found.notes, chart=result.chart()
    )


@click.command(options_metavar="[VAL]")
@click.argument("cells", type=series.FILE, metavar="RUTOR")
@click.option("--observed", required=True, metavar="KOLUMN", help="Vad som hände i rutan.")
@click.option("--predicted", required=True, metavar="KOLUMN", help="Vad som förutsades.")
@click.option("--area", required=True, metavar="KOLUMN", help="Rutans yta.")
@click.option(
    "--ties", default="worst", show_default=True, type=click.Choice(["worst", "best", "mean"])
)
@click.option("--seed", default=1, show_default=True, help="Frö för intervallen.")
@answering
def pai(
    *,
    cells: Path,
    observed: str,
    predicted: str,
    area: str,
    ties: str,
    seed: int,
) -> Answer:
    """Mät hur väl en karta av prognoser träffar: PAI, PEI och träffandel."""
    from lykta.analysis import pai_curve

    found = columns.read(cells)
    result = pai_curve(
        *(columns.numbers(found, name) for name in (observed, predicted, area)), ties=ties, rng=seed
    )
    said = tuple(
        f"De {percent(share)} av ytan som förutsades mest höll {percent(hits)} av händelserna."
        for share, hits in zip(result.area_share, result.hit_rate, strict=True)
        if np.isfinite(hits)
    ) or ("Ingen andel av ytan har plats för en ruta.",)
    return answer_of("pai_curve", result, said=said, names={}, chart=result.chart())
