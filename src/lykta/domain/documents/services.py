"""Writing the register of documents: rows are added, and never changed."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lykta import __version__
from lykta.domain.documents import selectors
from lykta.domain.documents.models import Document, Form
from lykta.domain.documents.rules import Kind
from lykta.infrastructure import storage
from lykta.infrastructure.access import Confidentiality, Reach


@transaction.atomic
def register(
    reach: Reach,
    *,
    kind: Kind,
    title: str,
    confidentiality: Confidentiality,
    sha256: str,
    parameters: Mapping[str, Any],
    made_at: datetime,
) -> Document:
    """Return the row of what has been locked; it takes the place of the last of the same title.

    What led to it is told in the audit log by the room that locked it.
    """
    before = selectors.latest(title, kind=kind)
    return Document.objects.create(
        kind=kind,
        title=title,
        number=before.number + 1 if before else 1,
        supersedes=before,
        confidentiality=confidentiality,
        made_at=made_at,
        made_by_id=reach.user,
        sha256=sha256,
        parameters=dict(parameters),
        version=__version__,
    )


def add_form(document: Document, form: str, content: bytes) -> Form:
    """Return the row of a document in one form, its file stored; a form is written once."""
    row, _is_new = Form.objects.get_or_create(
        document=document,
        form=form,
        defaults={
            "sha256": storage.put(io.BytesIO(content)),
            "size": len(content),
            "version": __version__,
            "made_at": timezone.now(),
        },
    )
    return row
