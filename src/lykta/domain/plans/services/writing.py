"""The papers of a frozen picture: written by a job, or when one is first fetched."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from django.db import transaction
from django.utils.text import slugify

from lykta.domain.documents import services as documents
from lykta.domain.documents.rules import CONTENT_TYPES
from lykta.domain.events.papers import situation_paper
from lykta.domain.plans import papers, selectors
from lykta.domain.plans.models import READ_ROWS, FrozenPicture
from lykta.infrastructure import papers as house_papers
from lykta.infrastructure import snapshots, storage
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.papers import Form, Paper


def form(reach: Reach, pk: int, name: str) -> Path:
    """Return the file of a picture in one form, written now if no job has done so yet."""
    row = selectors.picture(reach, pk)
    if name not in CONTENT_TYPES:
        raise Refused
    held = selectors.forms(reach, row)
    if name not in held:
        write_forms(pk, only=(name,))
        held = selectors.forms(reach, row)
    return storage.path_of(held[name].sha256)


def file_name(row: FrozenPicture, form: str) -> str:
    """Return what a picture in one form is called as a file."""
    title = row.document.title.replace("\N{EN DASH}", "-")  # it would be left out
    return f"{slugify(title)}-v{row.document.number}.{form}"


def rows(reach: Reach, pk: int) -> Path:
    """Return the file of what a picture counted, one row an event: for those who may read rows."""
    require(reach, READ_ROWS)
    return snapshots.parquet_of(selectors.picture(reach, pk).document.sha256)


def write_forms(pk: int, *, only: tuple[str, ...] = tuple(CONTENT_TYPES)) -> None:
    """Write a picture in the forms that it lacks, and tell the audit log what they are."""
    row = FrozenPicture.objects.select_related("document").get(pk=pk)
    held = set(row.document.forms.values_list("form", flat=True))
    lacking = [name for name in only if name not in held]
    if not lacking:
        return
    written = _written(row, lacking)
    with transaction.atomic():
        made = [documents.add_form(row.document, *each) for each in written.items()]
        sums = {each.form: each.sha256 for each in made}
        audit.record("picture.written", actor=None, subject=row, forms=sums)


def _written(row: FrozenPicture, names: list[str]) -> Mapping[str, bytes]:
    """Return a picture in some forms."""
    written = {}
    paper = _paper(row) if set(names) - {"csv"} else None
    for name in names:
        if paper is None or name == "csv":
            written[name] = papers.table(selectors.figures(row))
        else:
            others = {each.upper(): file_name(row, each) for each in CONTENT_TYPES if each != name}
            written[name] = house_papers.render(paper, cast(Form, name), links=others)
    return written


def _paper(row: FrozenPicture) -> Paper:
    document = row.document
    snapshot = snapshots.load(document.sha256)
    made = selectors.made(snapshot)
    polygons = made.given.placed().polygons
    return papers.frozen_paper(
        situation_paper(made.picture, made.subject, polygons=polygons),
        snapshot.parameters,
        number=document.number,
        sha256=document.sha256,
        version=snapshot.version,
    )
