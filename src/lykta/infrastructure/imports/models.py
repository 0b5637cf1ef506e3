"""The tables of the imports."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

T = TypeVar("T", bound=models.Model)


class State(models.TextChoices):
    """How far a run has come."""

    CHECKED = "checked", _("prövad")
    WAITING = "waiting", _("väntar")
    RUNNING = "running", _("pågår")
    DONE = "done", _("klar")
    WITHDRAWN = "withdrawn", _("återtagen")
    FAILED = "failed", _("misslyckad")


class Run(models.Model):
    """Inläsning: one file read in once, with what became of its rows."""

    kind = models.CharField(max_length=40)  # a key of settings.IMPORTERS
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    started_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # Which process works on it, and when it was last heard of: a dead one is taken over.
    worker = models.CharField(max_length=120, blank=True)
    heard_at = models.DateTimeField(null=True)
    n_read = models.PositiveIntegerField(default=0)
    n_added = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_unchanged = models.PositiveIntegerField(default=0)
    n_rejected = models.PositiveIntegerField(default=0)
    n_outside = models.PositiveIntegerField(default=0)  # rows that do not concern us
    n_written = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # our field -> the file's column, as it was read
    examples = models.JSONField(default=list)
    error = models.TextField(blank=True)

    class Meta:
        """Only one run of a kind at a time, so that none plans on what another is changing."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="running"), name="one_running_import_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def n_to_write(self) -> int:
        """Return how many rows are added or changed."""
        return self.n_added + self.n_changed


class RejectedRow(models.Model):
    """Avvisad rad: a row that was read and not accepted, and why."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rejected_rows")
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=255, blank=True)
    value = models.CharField(max_length=255, blank=True)
    reason = models.TextField()
    cells = models.JSONField(default=dict)  # the row's texts by column, so that it can be mended

    class Meta:
        """In the order of the file."""

        ordering: ClassVar = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class Remembered(models.Model):
    """Minne: which column was what in the last file that had these columns."""

    kind = models.CharField(max_length=40)
    columns_sha256 = models.CharField(max_length=64)  # of the names of the columns
    mapping = models.JSONField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="+")

    class Meta:
        """One for each kind and set of columns."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "columns_sha256"], name="one_memory_of_the_same_columns"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mapping}"


def complete(path: str = "run") -> Any:
    """Return the condition that a row is visible: entered by hand, or by a run that is done."""
    return Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__state": State.DONE})


class LatestQuerySet(models.QuerySet[T]):
    """Asks for what was last recorded of each thing, where a correction is a row of its own."""

    one_of: tuple[str, ...]  # the fields that say what a row is about

    def latest(self) -> Self:  # type: ignore[override]
        """Return the last recorded row of each, unfinished imports left out."""
        rows = self.filter(complete()).order_by().values(*self.one_of)
        return self.filter(pk__in=rows.annotate(newest=Max("pk")).values("newest"))


class Fetch(models.Model):
    """Hämtning: one question to an outside source, and the raw answer as it came."""

    source = models.CharField(max_length=40)  # "kolada", "scb", "polisen"
    what = models.CharField(max_length=200)  # which thing of the source, the same each time
    url = models.CharField(max_length=2000)
    fetched_at = models.DateTimeField(db_index=True)
    http_status = models.PositiveSmallIntegerField()
    # Of the stored answer; "" where there was none. The same content is stored once.
    sha256 = models.CharField(max_length=64, blank=True)
    n_bytes = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveIntegerField(
        default=0
    )  # of what is fetched: 1, and 1 more if changed
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index("source", "what", name="fetch_by_what")]

    def __str__(self) -> str:
        return f"{self.source} {self.what} {self.fetched_at:%Y-%m-%d %H:%M}"
