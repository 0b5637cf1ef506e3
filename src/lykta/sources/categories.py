"""Lists of categories and crime codes: what stands in the event file, its name and its group."""

from collections.abc import Mapping

import numpy as np

from lykta.sources.bra.crime_codes import CRIME_CODES
from lykta.sources.choosing import plan, require
from lykta.sources.files.table import Table
from lykta.sources.guessing import CATEGORY_WORDS
from lykta.sources.keys import Key, faults_of_keys
from lykta.sources.passports import is_synthetic, passport
from lykta.sources.records import CategoryRecords

CATEGORY_LAYOUTS = {CRIME_CODES.key: CRIME_CODES}


def categories_of(table: Table, mapping: Mapping[str, str] | None) -> CategoryRecords:
    """Return the categories of a table in its order; codes that have ended are kept."""
    how = plan(table, CATEGORY_LAYOUTS, CATEGORY_WORDS, mapping, noun="kategorier")
    require(table, how, "kategorins kod", ["code"])
    code, name, group = (f"coalesce(trim({how.sql(one)}), '')" for one in ("code", "name", "group"))
    rows = table.ask(f"SELECT {code}, {name}, {group} FROM source")
    codes = [row[0] for row in rows]
    numbers = table.record_numbers(np.arange(len(rows)))
    key = Key(how.mapping.get("code", ""), "Kategorins kod", numbers, longest=120)
    faults = faults_of_keys(codes, key)
    kept = [place for place in range(len(rows)) if place not in faults]
    n_broken = len(table.content.broken)
    errors = sorted([*table.content.broken, *faults.values()], key=lambda error: error.row)
    return CategoryRecords(
        codes=tuple(codes[place] for place in kept),
        names=tuple(rows[place][1] or codes[place] for place in kept),
        groups=tuple(rows[place][2] for place in kept),
        passport=passport(
            table,
            how,
            n_read=len(rows) + n_broken,
            n_rejected=len(faults) + n_broken,
            is_synthetic=is_synthetic(table),
        ),
        errors=tuple(errors),
    )
