"""Doors to early warning: weeks that hold more than their own past foretells."""

from typing import Any

import click
import numpy as np

from lykta.cli.analysing import series
from lykta.cli.analysing.answers import Answer, answering

FARRINGTON = ("farrington", "farrington-1996")
METHODS = (*FARRINGTON, "C1", "C2", "C3")


@click.command(options_metavar="[VAL]")
@series.counting
@series.divided
@click.option(
    "--method",
    default="farrington",
    show_default=True,
    type=click.Choice(METHODS),
    help="Farrington lär av åren före, EARS (C1–C3) av de sju veckorna före.",
)
@click.option(
    "--threshold",
    default="predictive",
    show_default=True,
    type=click.Choice(["predictive", "nb", "muan", "delta"]),
    help="Hur gränsen sätts, för Farrington.",
)
@click.option("--years", "years_back", default=5, show_default=True, help="År att lära av.")
@click.option("--weeks", "n_now", default=1, show_default=True, help="Hur många av de sista.")
@click.option("--alpha", default=0.01, show_default=True, help="Risk för falskt larm per vecka.")
@answering
def warnings(
    *,
    method: str,
    threshold: str,
    years_back: int,
    n_now: int,
    alpha: float,
    **asked: Any,
) -> Answer:
    """Varna för de sista veckorna i varje serie som har fler händelser än väntat."""
    from dataclasses import replace

    from lykta.analysis import FLEXIBLE_2013, ORIGINAL_1996, ears, farrington

    found = series.read(**asked)
    if method in FARRINGTON:
        base = FLEXIBLE_2013 if method == "farrington" else ORIGINAL_1996
        form = replace(base, years_back=_years(years_back, found), threshold=threshold)
        result = farrington(found.counts, form=form, alpha=alpha, n_now=n_now)
    else:
        result = ears(found.counts, method, alpha=alpha, n_now=n_now)
    columns = result.columns()
    row, week = columns.pop("series"), columns.pop("week")
    named = [found.names[place] for place in row]
    weeks = [series.week_text(found.mondays[place]) for place in week]
    raised = np.flatnonzero(result.is_alarm)
    said = [
        f"{named[place]}, {weeks[place]}: {result.count[place]:.0f} händelser, gränsen är "
        f"{result.upper_bound[place]:.0f}."
        for place in raised
    ] or ["Ingen vecka ligger över sin gräns."]
    return Answer(
        method,
        tuple(said),
        {"name": named, "week": weeks},
        columns,
        result.params,
        result.warnings,
        result.chart(),
        notes=found.notes,
    )


def _years(asked: int, found: series.Series) -> int:
    """Return how many years there are to learn of, at most those asked for."""
    return max(1, min(asked, (len(found.mondays) - 8) // 52))
