"""Reading documents, always for someone."""

from lykta.domain.documents.models import KINDS, Document, DocumentQuerySet, Form
from lykta.domain.documents.rules import Kind
from lykta.infrastructure.access import Reach

__all__ = ["KINDS", "Document", "document", "documents", "forms", "latest"]


def documents(reach: Reach, *, kind: Kind) -> DocumentQuerySet:
    """Return the documents of a kind within reach, the latest first."""
    rows = Document.objects.visible_to(reach).filter(kind=kind)
    return rows.select_related("made_by", "supersedes").order_by("-made_at", "-pk")


def document(pk: int) -> Document:
    """Return a document, whoever asks: the job that writes its forms does so for all."""
    return Document.objects.get(pk=pk)


def latest(title: str, *, kind: Kind) -> Document | None:
    """Return the last document of a title, whoever asks: the next takes its place."""
    return Document.objects.filter(kind=kind, title=title).order_by("-number").first()


def forms(reach: Reach, pk: int) -> dict[str, Form]:
    """Return the forms that a document within reach has been written in, by name."""
    held = Document.objects.visible_to(reach).filter(pk=pk)
    return {row.form: row for row in Form.objects.filter(document__in=held).order_by("form")}
