"""Doors to the methods of places: where events gather, and steadier rates."""

from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from lykta.cli.analysing import series
from lykta.cli.analysing.answers import Answer, answer_of, answering
from lykta.infrastructure.errors import LyktaError


@click.command(options_metavar="[VAL]")
@series.counting
@click.option("--population", type=series.FILE, metavar="FIL", help="Folkmängd per område.")
@click.option("--permutations", "n_permutations", default=9_999, show_default=True)
@click.option(
    "--alpha", default=0.05, show_default=True, help="Risk för falskt utslag, hela kartan."
)
@click.option("--seed", default=1, show_default=True, help="Frö för omkastningarna.")
@answering
def hotspots(
    *,
    population: Path | None,
    n_permutations: int,
    alpha: float,
    seed: int,
    **asked: Any,
) -> Answer:
    """Finn områden som ligger bland höga eller låga tal: Getis–Ord Gi*."""
    from lykta.analysis import contiguity, getis_ord_gi_star

    found = series.read(**asked, by="område", is_weekly=False)
    shapes = _polygons(found)
    counts = found.counts.sum(axis=1)
    people = _people(found, population) if population else None
    result = getis_ord_gi_star(
        counts, contiguity(shapes), exposure=people,
        n_permutations=n_permutations, alpha=alpha, rng=seed,
    )  # fmt: skip
    hot, cold = (int((result.kind == kind).sum()) for kind in (1, -1))
    said = (
        f"{hot} områden ligger säkert bland höga tal och {cold} bland låga, av "
        f"{int(result.is_tested.sum())} prövade."
        if hot or cold
        else "Inget område ligger säkert bland högre eller lägre tal än de andra."
    )
    columns = {"count": counts, **result.columns()}
    return Answer(
        "getis_ord_gi_star",
        (said,),
        _named(found),
        columns,
        {**result.params, "seed": seed},
        result.warnings,
        polygons=shapes,
        crs=found.crs,
        notes=found.notes,
    )


@click.command(options_metavar="[VAL]")
@series.counting
@click.option(
    "--population", type=series.FILE, metavar="FIL", required=True, help="Folkmängd per område."
)
@click.option("--seed", default=1, show_default=True, help="Frö för platserna i ordningen.")
@answering
def rates(*, population: Path, seed: int, **asked: Any) -> Answer:
    """Räkna tal per 1 000 invånare och år, dämpade efter hur lite varje område vet."""
    from lykta.analysis import eb_smooth, rank_intervals

    found = series.read(**asked, by="område", is_weekly=False)
    people = _people(found, population)
    years = found.n_days / 365.25
    known = people > 0
    counts = found.counts.sum(axis=1)
    smoothed = eb_smooth(counts[known], people[known] * years / 1_000)
    ranks = rank_intervals(smoothed, rng=seed)
    width = float(np.median(ranks.high - ranks.low))
    said = (
        f"Platsen i ordningen är osäker: ett område i mitten kan stå {width:.0f} platser upp eller "
        "ned. Läs talen, inte ordningen.",
    )
    columns = {
        "count": counts[known],
        "people": people[known],
        **smoothed.columns(),
        "rank_low": ranks.low,
        "rank_high": ranks.high,
    }
    names = {
        key: [v for v, k in zip(text, known, strict=True) if k]
        for key, text in _named(found).items()
    }
    shapes = None if found.polygons is None else found.polygons[known]
    params = {**smoothed.params, "seed": seed}
    notes = (*found.notes, *_unknown(known))
    return Answer("eb_smooth", said, names, columns, params, (), None, shapes, found.crs, notes)


@click.command(options_metavar="[VAL]")
@series.counting
@series.divided
@click.option(
    "--baseline", "n_baseline", default=104, show_default=True, help="Veckor att lära av."
)
@click.option(
    "--alpha", default=0.0027, show_default=True, help="Risk för falskt utslag per vecka."
)
@click.option("--series", "chosen", default="", metavar="NAMN", help="Vilken serie, om flera.")
@answering
def limits(
    *,
    n_baseline: int,
    alpha: float,
    chosen: str,
    **asked: Any,
) -> Answer:
    """Rita styrgränser: vad veckorna före leder till att vänta av de senare."""
    from lykta.analysis import control_limits

    found = series.read(**asked)
    place = found.place_of(chosen) if chosen else 0
    result = control_limits(
        found.counts[place], n_baseline=n_baseline, season_length=52.18, alpha=alpha
    )
    later = found.mondays[n_baseline:]
    n_out = int((result.kind != 0).sum())
    said = (
        f"{found.names[place]}: {n_out} av {len(later)} veckor ligger utanför gränserna. "
        f"En på {1 / alpha:.0f} väntas göra det av en slump.",
    )
    names = {"week": [series.week_text(monday) for monday in later]}
    columns = {"count": found.counts[place][n_baseline:]}
    answer = answer_of("control_limits", result, said=said, names=names, notes=found.notes)
    return _with(answer, columns)


def _with(answer: Answer, columns: dict[str, Any]) -> Answer:
    from dataclasses import replace

    return replace(answer, columns={**columns, **answer.columns})


def _polygons(found: series.Series) -> NDArray[np.object_]:
    if found.polygons is None:
        raise LyktaError("Områdena har inga gränser. Ange en karta med --areas.", code="no-shapes")
    return found.polygons


def _people(found: series.Series, path: Path) -> NDArray[np.float64]:
    """Return the inhabitants of each area, nan where the file does not say."""
    from lykta.cli.inputs import looked_up
    from lykta.sources.reading import read_population

    records = read_population(path)
    assert found.areas is not None  # noqa: S101 - counted by area
    return looked_up(records.codes, records.population, found.areas)


def _named(found: series.Series) -> dict[str, list[str]]:
    return {"code": list(found.codes), "name": list(found.names)}


def _unknown(known: Any) -> list[str]:
    n = int((~known).sum())
    return [f"{n} områden saknar folkmängd och är inte med."] if n else []
