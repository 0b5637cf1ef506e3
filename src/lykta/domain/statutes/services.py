"""Writing law: the rows that come with lykta, each with its source."""

import csv
from datetime import date
from importlib.resources import files

from django.db import transaction

from lykta.domain.statutes.models import LegalBasis
from lykta.infrastructure.audit import services as audit


@transaction.atomic
def load(*, by: int | None = None) -> int:
    """Add the law that comes with lykta and is not known yet, and return how many rows are new.

    A row whose law has ceased gets its last day; nothing else of a known row is changed.
    """
    n_new = 0
    for row in rows():
        key = {name: row[name] for name in ("statute", "section", "valid_from")}
        values = {name: value for name, value in row.items() if name not in key}
        known, is_new = LegalBasis.objects.get_or_create(**key, defaults=values)
        n_new += is_new
        if not is_new and known.valid_to is None and row["valid_to"]:
            known.valid_to = date.fromisoformat(row["valid_to"])
            known.save(update_fields=["valid_to"])
    if n_new:
        audit.record("statutes.loaded", actor=by, rows=n_new)
    return n_new


def rows() -> list[dict[str, str | None]]:
    """Return the law that comes with lykta; an empty last day is None."""
    text = (files("lykta.domain.statutes") / "data" / "statutes.csv").read_text(encoding="utf-8")
    found = csv.DictReader(text.splitlines(), delimiter=";")
    return [{**row, "valid_to": row["valid_to"] or None} for row in found]
