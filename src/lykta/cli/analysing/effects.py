"""Doors to the methods of effects: did a measure help, or can nobody tell?"""

from datetime import date, datetime
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from lykta.cli.analysing import series
from lykta.cli.analysing.answers import Answer, answer_of, answering, number, percent
from lykta.infrastructure.errors import LyktaError

_FROM = click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DAG",
    help="När åtgärden började. Veckan som dagen ligger i är den första med den.",
)  # fmt: skip
_TREATED = click.option(
    "--treated", multiple=True, required=True, metavar="OMRÅDE",
    help="Område som fick åtgärden. Kan anges flera gånger.",
)  # fmt: skip
_PAIR = "FÖRE,EFTER"


@click.command(options_metavar="[VAL]")
@click.option("--treated", required=True, metavar=_PAIR, help="Antal där åtgärden gjordes.")
@click.option("--control", required=True, metavar=_PAIR, help="Antal i ett jämförbart område.")
@click.option("--next-door", metavar=_PAIR, help="Antal alldeles intill det första.")
@click.option("--next-door-control", metavar=_PAIR, help="Antal alldeles intill det andra.")
@click.option("--periods", default="1,1", metavar=_PAIR, help="Tidernas längd, om de är olika.")
@click.option(
    "--dispersion", type=click.FloatRange(min=0, min_open=True),
    help="Varians genom medel. Utan den räknas med ren slump, och det är sällan sant.",
)  # fmt: skip
@click.option("--level", default=0.95, show_default=True, help="Intervallets nivå.")
@answering
def wdd(
    *,
    treated: str,
    control: str,
    next_door: str | None,
    next_door_control: str | None,
    periods: str,
    dispersion: float | None,
    level: float,
) -> Answer:
    """Väg förändringen mot ett kontrollområde och mot det som kan ha flyttat intill."""
    from lykta.analysis import wdd as weighed

    found = weighed(
        _pair(treated), _pair(control),
        _pair(next_door) if next_door else None,
        _pair(next_door_control) if next_door_control else None,
        time_weights=_pair(periods),
        dispersion=dispersion or "estimate",
        level=level,
    )  # fmt: skip
    low, high, change = (float(part[0]) for part in (found.low, found.high, found.estimate))
    said = (
        f"Skillnaden är {number(change)} händelser ({number(low)} till {number(high)}).",
        _agreed(
            _verdict(low, high, 0.0),
            _verdict(float(found.ratio_low[0]), float(found.ratio_high[0]), 1.0),
        ),
    )
    return answer_of("wdd", found, said=said, names={})


@click.command(options_metavar="[VAL]")
@series.counting
@_TREATED
@_FROM
@click.option("--level", default=0.95, show_default=True, help="Intervallets nivå.")
@answering
def did(
    *,
    treated: tuple[str, ...],
    start: datetime,
    level: float,
    **asked: Any,
) -> Answer:
    """Jämför områden som fick en åtgärd med dem som inte fick den, före och efter."""
    from lykta.analysis import poisson_did

    found, panel = _panel(asked, treated, start.date())
    result = poisson_did(*panel, level=level)
    fields = ("ratio", "low", "high", "p", "dispersion", "n_clusters", "n_treated_clusters")
    said = (
        f"Kvoten mot utan åtgärd är {number(result.ratio)} ({number(result.low)} till "
        f"{number(result.high)}).",
        _verdict(result.low, result.high, 1.0),
    )
    return Answer(
        "poisson_did",
        said,
        {"measure": [", ".join(treated)]},
        {name: np.array([getattr(result, name)]) for name in fields},
        {**result.params, "treated": list(treated), "from": str(start.date())},
        result.warnings,
        notes=found.notes,
    )


@click.command("event-study", options_metavar="[VAL]")
@series.counting
@_TREATED
@_FROM
@click.option("--weeks", "window", default=12, show_default=True, help="Veckor före och efter.")
@answering
def event_study(
    *,
    treated: tuple[str, ...],
    start: datetime,
    window: int,
    **asked: Any,
) -> Answer:
    """Följ kvoten vecka för vecka före och efter att en åtgärd började."""
    from lykta.analysis import event_study as studied

    found, (counts, unit, time, is_treated) = _panel(asked, treated, start.date())
    first = found.week_of(start.date())
    near = np.abs(time - first + 0.5) < window
    result = studied(counts[near], unit[near], time[near], is_treated[near])
    p = result.pre_trend_p
    said = (
        "Det går inte att pröva om områdena liknade varandra före."
        if np.isnan(p)
        else f"Före åtgärden skilde sig områdena {'' if p < 0.05 else 'inte '}säkert åt "
        f"(p {number(p)}).",
    )
    return answer_of(
        "event_study", result, said=said, names={}, notes=found.notes, chart=result.chart()
    )


@click.command("synthetic-control", options_metavar="[VAL]")
@series.counting
@click.option("--treated", required=True, metavar="OMRÅDE", help="Området som fick åtgärden.")
@_FROM
@click.option("--weeks", "size", default=4, show_default=True, help="Veckor som slås ihop.")
@answering
def synthetic_control(
    *,
    treated: str,
    start: datetime,
    size: int,
    **asked: Any,
) -> Answer:
    """Jämför ett område med den blandning av andra som liknade det mest före åtgärden."""
    from lykta.analysis import synthetic_control as mixed

    found = series.read(**asked, by="område")
    place, first = found.place_of(treated), found.week_of(start.date())
    offset = first % size
    n_periods = (found.counts.shape[1] - offset) // size
    kept = found.counts[:, offset : offset + n_periods * size]
    outcomes = kept.reshape(len(kept), n_periods, size).sum(axis=2)
    result = mixed(outcomes, place, (first - offset) // size)
    mixture = [
        f"{name} {percent(weight)}"
        for name, weight in zip(found.names, result.weights, strict=True)
        if weight >= 0.005
    ]
    said = (
        f"Efter starten: i medel {number(result.att)} händelser per {size} veckor mot "
        f"blandningen ({', '.join(mixture)}).",
        f"Av {len(found.names)} områden är så stora avvikelser p = {number(result.p)} vanliga.",
    )
    begins = [found.mondays[offset + size * n] for n in range(n_periods)]
    return answer_of(
            "synthetic_control", result, said=said,
            names={"from": [series.week_text(day) for day in begins]},
            notes=found.notes, chart=result.chart(),
        )  # fmt: skip


@click.command(options_metavar="[VAL]")
@series.counting
@series.divided
@click.option("--series", "chosen", default="", metavar="NAMN", help="Serien där åtgärden gjordes.")
@click.option("--control", default="", metavar="NAMN", help="En serie utan åtgärd att jämföra med.")
@_FROM
@click.option("--level", default=0.95, show_default=True, help="Intervallets nivå.")
@answering
def interrupted(
    *,
    chosen: str,
    control: str,
    start: datetime,
    level: float,
    **asked: Any,
) -> Answer:
    """Följ en serie före och efter en åtgärd, med trend och årstid borträknade."""
    from lykta.analysis import interrupted_series

    found = series.read(**asked)
    place, first = found.place_of(chosen) if chosen else 0, found.week_of(start.date())
    result = interrupted_series(
        found.counts[place], first, season_length=52.18, level=level,
        control=found.counts[found.place_of(control)] if control else None,
    )  # fmt: skip
    effect = result.effect
    said = (
        f"{found.names[place]}: kvoten mot utan åtgärd är {number(effect.ratio)} "
        f"({number(effect.low)} till {number(effect.high)}).",
        _verdict(effect.low, effect.high, 1.0),
        f"Prövat på {len(result.placebo_dates)} veckor då inget hände: "
        f"p {number(result.placebo_p)}.",
    )
    names = {"week": [series.week_text(monday) for monday in found.mondays]}
    return answer_of(
            "interrupted_series", result, said=said, names=names, notes=found.notes,
            chart=result.chart(),
        )  # fmt: skip


@click.command(options_metavar="[VAL]")
@click.option("--before", type=float, required=True, help="Händelser som väntas före.")
@click.option("--control", type=float, help="Händelser som väntas i ett kontrollområde före.")
@click.option("--periods", default="1,1", metavar=_PAIR, help="Tidernas längd, om de är olika.")
@click.option("--dispersion", default=1.0, show_default=True, help="Varians genom medel.")
@click.option("--power", "wanted", default=0.8, show_default=True, help="Chans att effekten syns.")
@click.option("--alpha", default=0.05, show_default=True, help="Risk för falskt utslag.")
@answering
def power(
    *,
    before: float,
    control: float | None,
    periods: str,
    dispersion: float,
    wanted: float,
    alpha: float,
) -> Answer:
    """Räkna ut vilken effekt som skulle synas, innan pengarna är använda."""
    from lykta.analysis import DisplacementDesign, TwoCountsDesign, minimum_detectable_effect

    first, second = _pair(periods)
    longer = second / first
    design = (
        TwoCountsDesign(before, longer, dispersion)
        if control is None
        else DisplacementDesign(before, control, length_ratio=longer, dispersion=dispersion)
    )
    result = minimum_detectable_effect(design, power=wanted, alpha=alpha)
    fall = 1 - result.decrease
    said = (
        "Inte ens ett fullständigt stopp skulle synas säkert."
        if np.isnan(result.decrease)
        else f"En minskning måste vara minst {percent(fall)} för att synas i {percent(wanted)} av "
        "fallen.",
        "Är den väntade effekten mindre kan ingen säga efteråt om åtgärden hjälpte.",
    )
    columns = {name: np.array([getattr(result, name)]) for name in ("decrease", "increase")}
    return Answer(
        "minimum_detectable_effect",
        said,
        {"design": [type(design).__name__]},
        columns,
        result.params,
        result.warnings,
    )


def _panel(
    asked: dict[str, Any], treated: tuple[str, ...], start: date
) -> tuple[series.Series, tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Return what was read, and counts, unit, week and whether treated, one row each."""
    found = series.read(**asked, by="område")
    places, first = [found.place_of(code) for code in treated], found.week_of(start)
    n_series, n_weeks = found.counts.shape
    unit, time = np.divmod(np.arange(n_series * n_weeks), n_weeks)
    is_treated = np.isin(unit, places) & (time >= first)
    return found, (found.counts.ravel(), unit, time, is_treated.astype(int))


def _pair(text: str) -> tuple[float, float]:
    parts = text.split(",")
    try:
        before, after = (float(part) for part in parts)
    except ValueError:
        raise LyktaError(
            f"”{text}” går inte att läsa. Skriv två tal med komma emellan: 72,30.", code="no-pair"
        ) from None
    return before, after


def _agreed(of_numbers: str, of_shares: str) -> str:
    """Return the verdict where both readings give it: areas of unlike size may differ in one."""
    if of_numbers == of_shares:
        return of_numbers
    return f"I antal: {of_numbers} I andel: {of_shares} De två sätten att läsa är inte ense."


def _verdict(low: float, high: float, nothing: float) -> str:
    if np.isnan(low) or np.isnan(high):
        return "Det går inte att säga om åtgärden hade någon effekt."
    if high < nothing:
        return "Det blev säkert färre."
    if low > nothing:
        return "Det blev säkert fler."
    return "Ingen säkerställd effekt."
