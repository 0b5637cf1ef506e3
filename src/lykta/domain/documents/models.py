"""The tables of documents: what has been locked, and the forms it was written in."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lykta.domain.documents.rules import CONTENT_TYPES, Kind
from lykta.infrastructure.access import Confidentiality, Reach, visible
from lykta.infrastructure.locked import Locked

READ = "read plans"  # the papers that are kept so far belong to the plan of the municipality
KINDS = {
    Kind.PICTURE: _("lägesbild"),
    Kind.WEEK: _("veckans lägesbild"),
    Kind.MINUTES: _("protokoll"),
}
FORMS = [(form, form) for form in CONTENT_TYPES]
CONFIDENTIALITIES = [(level.value, level.value) for level in Confidentiality]


class DocumentQuerySet(models.QuerySet["Document"]):
    """Asks for documents."""

    def visible_to(self, reach: Reach) -> Self:
        """Return the documents that the reach covers; their confidentiality decides."""
        return visible(self, reach, right=READ, organisation="organisation")


class Document(Locked):
    """Handling: something that was locked, with the SHA-256 of all that it rests on."""

    kind = models.CharField(max_length=20, choices=KINDS)
    title = models.CharField(max_length=160)
    number = models.PositiveIntegerField(default=1)  # 2 for what takes the place of the first
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    confidentiality = models.CharField(max_length=20, choices=CONFIDENTIALITIES)
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)  # of its snapshot
    parameters = models.JSONField(default=dict)
    version = models.CharField(max_length=20)  # of the program that made it

    objects = DocumentQuerySet.as_manager()

    class Meta:
        """One row a title and number, whoever is first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "title", "number"], name="one_row_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Form(Locked):
    """Form: a document as one file, written once."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="forms")
    form = models.CharField(max_length=10, choices=FORMS)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    version = models.CharField(max_length=20)  # of the program that wrote it
    made_at = models.DateTimeField()

    class Meta:
        """One row a document and form."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "form"], name="one_row_a_form")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.form}"
