"""Categories: those that come with lykta, those of a file, and those that a word makes."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import transaction

from lykta.domain.events.models import CHANGE, Category
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources import reading

LONGEST = 120  # letters of a code or a name


@transaction.atomic
def load_categories(*, by: int | None = None) -> int:
    """Add the categories that come with lykta and are not known yet; return how many are new."""
    known = set(Category.objects.values_list("code", flat=True))
    made: dict[str, Category] = {}
    for order, row in enumerate(_rows()):
        if row["code"] in known:
            continue
        made[row["code"]] = Category.objects.create(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            parent=made.get(row["parent"]),
            subject=row["subject"],
            words=[word for word in row["words"].split(",") if word],
            order=order,
            advice=row["advice"],
            advice_en=row["advice_en"],
            is_stopped=bool(row["is_stopped"]),
        )
    if made:
        audit.record("categories.loaded", actor=by, rows=len(made))
    return len(made)


def known_words() -> dict[str, Category]:
    """Return every category by each word that files may call it."""
    rows = list(Category.objects.select_related("parent"))
    found = {word: row for row in rows for word in row.words}
    found |= {plain(row.name): row for row in rows}
    return found | {plain(row.code): row for row in rows}


def named(words: Iterable[str], *, run: Run) -> dict[str, Category]:
    """Return the category of each word, made where no category is called so."""
    known = known_words()
    return {word: _named(word, known, run) for word in words}


def new_code(word: str) -> str:
    """Return the code of a category that a word makes: the same however the word is written."""
    code = plain(word)
    if len(code) <= LONGEST:
        return code
    digest = hashlib.sha256(code.encode()).hexdigest()[:8]
    return f"{code[: LONGEST - 9]}-{digest}"


def plain(word: str) -> str:
    """Return a word without what differs between two ways to write it."""
    return " ".join(word.casefold().split())


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return what a list of categories would change."""
    records = reading.read_categories(path, mapping=options.get("mapping"))
    known = known_words()
    changes, n_unchanged = [], 0
    for row, (code, name, group) in enumerate(
        zip(records.codes, records.names, records.groups, strict=True), start=1
    ):
        before = known.get(plain(code))
        values = {"code": code, "name": name, "group": group}
        what = _differences(before, values)
        if before is not None and not what:
            n_unchanged += 1
        else:
            changes.append(Change(code, is_new=before is None, what=what, row=row, values=values))
    return Plan(
        n_read=records.passport.n_read,
        changes=tuple(changes),
        n_added=sum(change.is_new for change in changes),
        n_unchanged=n_unchanged,
        rejected=records.errors,
        notes=records.passport.notes,
        mapping=records.passport.mapping,
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of categories, each under its group where it has one."""
    known = known_words()
    for change in changes:
        code, name, group = (change.values[field] for field in ("code", "name", "group"))
        parent = _named(group, known, run) if group else None
        category = known.get(plain(code)) or Category(code=code, words=[plain(code)], run=run)
        category.name = name[:LONGEST]
        category.parent = parent if parent != category else None
        category.save()
        known[plain(code)] = category


def withdraw(run: Run) -> None:
    """Leave the categories as they are: an unfinished run has made names only."""


CATEGORIES = Importer(
    right=CHANGE,
    options=frozenset({"mapping"}),
    plan=plan,
    write=write,
    withdraw=withdraw,
    columns=reading.columns_of,
    cells=reading.cells_of,
)


def _named(word: str, known: dict[str, Category], run: Run) -> Category:
    """Return the category that a word names, made and known from now on where none is called so."""
    if plain(word) not in known:
        known[plain(word)] = Category.objects.create(
            code=new_code(word), name=word[:LONGEST], words=[plain(word)], run=run
        )
    return known[plain(word)]


def _differences(before: Category | None, values: Mapping[str, str]) -> tuple[str, ...]:
    if before is None:
        return ()
    what = ("namn",) if before.name != values["name"][:LONGEST] else ()
    group = before.parent.name if before.parent else ""
    is_moved = bool(values["group"]) and plain(values["group"]) not in (
        plain(group),
        plain(before.name),
    )
    return (*what, "grupp") if is_moved else what


def _rows() -> list[dict[str, str]]:
    text = (files("lykta.domain.events") / "data" / "categories.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))
