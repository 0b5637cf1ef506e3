"""Doors to surveys: weights that meet what is known, and the answers with their error."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from lykta.cli.analysing import columns
from lykta.cli.analysing.answers import Answer, answering, number
from lykta.cli.analysing.series import FILE
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.mapping import pairs


@click.command(options_metavar="[VAL]")
@click.argument("answers", type=FILE, metavar="SVAR")
@click.option("--value", required=True, metavar="KOLUMN", help="Svaret: tal, eller 0 och 1.")
@click.option(
    "--margin", "margins", multiple=True, metavar="KOLUMN=FIL",
    help="Vad som är känt om alla: en fil med värde och antal. Kan anges flera gånger.",
)  # fmt: skip
@click.option("--weight", default="", metavar="KOLUMN", help="Vikt från urvalet, om det finns.")
@click.option("--by", "group", default="", metavar="KOLUMN", help="Grupper att jämföra.")
@click.option("--strata", default="", metavar="KOLUMN", help="Vad urvalet är draget inom.")
@click.option(
    "--clusters", default="", metavar="KOLUMN", help="Vad som är draget helt, som skolor."
)
@click.option("--level", default=0.95, show_default=True, help="Intervallets nivå.")
@click.option(
    "--method", default="replicate", show_default=True,
    type=click.Choice(["replicate", "linearised"]),
    help="Hur felet räknas: genom att lämna ute en grupp i taget, eller med en formel.",
)  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Frö för grupperna som lämnas ute.")
@answering
def survey(
    *,
    answers: Path,
    value: str,
    margins: tuple[str, ...],
    weight: str,
    group: str,
    strata: str,
    clusters: str,
    level: float,
    method: str,
    seed: int,
) -> Answer:
    """Skatta ett medelvärde eller en andel ur en enkät, vägd efter vad som är känt."""
    from lykta.analysis import Design, differences, rake, weighted_mean

    found = columns.read(answers)
    asked = columns.numbers(found, value)
    base = columns.numbers(found, weight) if weight else None
    weights = np.ones(len(asked)) if base is None else base
    warnings: tuple[str, ...] = ()
    if margins:
        known = [_margin(found, name, Path(path)) for name, path in pairs(margins).items()]
        weights = rake([code for code, _ in known], [n for _, n in known], base_weights=base)
        warnings = weights.warnings
    design = Design(
        strata=columns.texts(found, strata) if strata else None,
        clusters=columns.texts(found, clusters) if clusters else None,
    )
    groups = columns.texts(found, group) if group else ("Alla",) * len(asked)
    names = sorted(set(groups))
    estimates = [
        weighted_mean(
            asked, weights, design=design, level=level, rng=seed, method=method,
            domain=np.array([each == name for each in groups]),
        )
        for name in names
    ]  # fmt: skip
    said = [
        f"{name}: {number(one.estimate)}, intervall {number(one.low)}–{number(one.high)}."
        for name, one in zip(names, estimates, strict=True)
    ]
    if len(estimates) > 1:
        gaps = differences(estimates, is_one_sample=True, level=level)
        said += [
            f"{names[a]} mot {names[b]}: skillnad {number(gap)}, p {number(p)} för alla par."
            for a, b, gap, p in zip(
                gaps.first, gaps.second, gaps.difference, gaps.p_holm, strict=True
            )
        ]
    fields = ("estimate", "se", "low", "high", "n", "design_effect", "effective_n", "freedom")
    return Answer(
        "weighted_mean",
        tuple(said),
        {"group": names},
        {name: np.array([getattr(one, name) for one in estimates]) for name in fields},
        {**estimates[0].params, "margins": list(margins)},
        tuple(dict.fromkeys((*warnings, *(w for one in estimates for w in one.warnings)))),
    )


def _margin(
    found: Mapping[str, Sequence[str]], name: str, path: Path
) -> tuple[np.ndarray, np.ndarray]:
    """Return the code of each answer in one margin, and how many there are of each in all."""
    if not path.exists():
        raise LyktaError(f"Filen ”{path}” finns inte. Rätta --margin.", code="no-file")
    table = columns.read(path)
    first, second, *_rest = (*table, "", "")
    totals = columns.numbers(table, second)
    place = {word: number for number, word in enumerate(table[first])}
    said = columns.texts(found, name)
    if strangers := sorted({word for word in said if word not in place}):
        raise LyktaError(
            f"”{strangers[0]}” i kolumnen ”{name}” finns inte i ”{path.name}”. Lägg till det där, "
            "eller rätta svaret.",
            code="unknown-margin",
        )
    return np.array([place[word] for word in said]), totals
