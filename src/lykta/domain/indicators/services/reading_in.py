"""What can be said of a file of observations, and who may read one in."""

from collections.abc import Mapping
from typing import Any

from lykta.infrastructure.access import Confidentiality
from lykta.infrastructure.imports.doors import BadOption

CHANGE = "change indicators"
KIND = "observations"
# What can be said of a file where it does not say it itself, and what is known of one that lykta
# has fetched.
OPTIONS = frozenset({"period", "theme", "confidentiality"})
FETCHED = frozenset({"titles", "definitions", "dataset", "retrieved"})


def check_options(options: Mapping[str, Any]) -> None:
    """Raise where what was said about a file cannot be used."""
    level = options.get("confidentiality")
    if level is not None and level not in set(Confidentiality):
        allowed = ", ".join(Confidentiality)
        raise BadOption(f"”{level}” är ingen sekretessnivå. Välj bland {allowed}.")
