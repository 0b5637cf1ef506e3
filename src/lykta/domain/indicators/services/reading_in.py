"""Files of observations into the database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lykta.infrastructure.access import Confidentiality, Reach, require
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import services as imports
from lykta.infrastructure.imports.models import Run

CHANGE = "change indicators"
KIND = "observations"
# What can be said of a file where it does not say it itself.
OPTIONS = {"period", "theme", "confidentiality"}
# What is known of a file that lykta has fetched itself.
FETCHED = {"titles", "definitions", "dataset", "retrieved"}


class BadChoice(LyktaError):
    """What was said about a file cannot be used."""

    code = "bad-option"


def read_in(
    reach: Reach,
    path: Path,
    /,
    *,
    today: date,
    is_trial: bool = False,
    tell: Callable[[Run], None] = lambda _run: None,
    **options: Any,
) -> Run:
    """Return the run of a file that has been read in, or only checked where it is a trial."""
    require(reach, CHANGE)
    run = imports.check(KIND, path, by=reach.user, **_options(today, options))
    return run if is_trial else imports.carry_out(run, tell=tell)


def _options(today: date, options: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(options) - OPTIONS - FETCHED:
        allowed = ", ".join(sorted(OPTIONS))
        raise BadChoice(f"”{min(unknown)}” går inte att ange för nyckeltal. Välj bland {allowed}.")
    return as_kept(today, options)


def as_kept(today: date, options: dict[str, Any]) -> dict[str, Any]:
    """Return options as they are kept with a run, what is empty left out."""
    given = {name: value for name, value in options.items() if value}
    level = given.get("confidentiality")
    if level is not None and level not in set(Confidentiality):
        allowed = ", ".join(Confidentiality)
        raise BadChoice(f"”{level}” är ingen sekretessnivå. Välj bland {allowed}.")
    return {**given, "read_on": str(today)}
