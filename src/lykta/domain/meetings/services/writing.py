"""The papers of a week and of its meeting: written by a job, or when one is first fetched."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify

from lykta.domain.documents import selectors as documents
from lykta.domain.documents import services as register
from lykta.domain.documents.rules import CONTENT_TYPES, Kind
from lykta.domain.documents.selectors import Document
from lykta.domain.meetings import papers, selectors
from lykta.domain.meetings.models import WeeklyPicture
from lykta.domain.meetings.rules import Month
from lykta.infrastructure import papers as house_papers
from lykta.infrastructure import snapshots, storage
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.papers import Form, Paper

# The forms of each: a table only where there are counts.
FORMS = {Kind.WEEK: tuple(CONTENT_TYPES), Kind.MINUTES: ("pdf", "docx", "html", "json")}


def form(reach: Reach, document: Document, name: str) -> Path:
    """Return the file of a document in one form, written now if no job has done so yet."""
    if name not in FORMS[Kind(document.kind)]:
        raise Refused
    held = documents.forms(reach, document.pk)
    if name not in held:
        write_forms(document.pk, only=(name,))
        held = documents.forms(reach, document.pk)
    if name not in held:
        raise Refused
    return storage.path_of(held[name].sha256)


def letter_in(
    reach: Reach, organisation: int, month: Month, name: str, *, today: date
) -> tuple[str, bytes]:
    """Return what the letter of a month in one form is called, and its bytes."""
    with translation.override("sv"):
        said = selectors.letter(reach, organisation, month, today=today)
        paper = papers.letter_paper(said)
        return f"{slugify(paper.title)}.{name}", house_papers.render(paper, cast(Form, name))


def file_name(document: Document, name: str) -> str:
    """Return what a document in one form is called as a file."""
    return f"{slugify(document.title)}.{name}"


def write_forms(pk: int, *, only: tuple[str, ...] = tuple(CONTENT_TYPES)) -> None:
    """Write a document in the forms that it lacks, and tell the audit log what they are."""
    document = documents.document(pk)
    held = set(document.forms.values_list("form", flat=True))
    lacking = [each for each in FORMS[Kind(document.kind)] if each in only and each not in held]
    if not lacking:
        return
    said = _said(document)
    links = {each.upper(): file_name(document, each) for each in FORMS[Kind(document.kind)]}
    with translation.override("sv"):  # papers go into the registry, which is in Swedish
        paper = _paper(document, said)
        written = {
            each: papers.table(said)
            if each == "csv"
            else house_papers.render(paper, cast(Form, each), links=_without(links, each))
            for each in lacking
        }
    with transaction.atomic():
        made = [register.add_form(document, *each) for each in written.items()]
        sums = {each.form: each.sha256 for each in made}
        audit.record("document.written", actor=None, subject=document, forms=sums)


def _said(document: Document) -> dict[str, Any]:
    """Return what a document was made from, as it is kept."""
    if document.kind == Kind.WEEK:
        return selectors.figures_of(WeeklyPicture.objects.get(document=document))
    return snapshots.figures(document.sha256)


def _paper(document: Document, said: dict[str, Any]) -> Paper:
    if document.kind == Kind.WEEK:
        return papers.weekly_paper(said, sha256=document.sha256)
    return papers.minutes_paper(said)


def _without(links: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in links.items() if key != name.upper()}
