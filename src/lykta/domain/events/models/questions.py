"""The table of follow-up questions: what is asked about one kind of event."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Max

from lykta.domain.events.models.events import Category
from lykta.domain.events.models.language import either


class QuestionQuerySet(models.QuerySet["Question"]):
    """Asks for questions."""

    def current(self) -> Self:
        """Return the last version of each question, those that are no longer asked left out."""
        last = Question.objects.values("category", "code").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"), is_ended=False)


class Question(models.Model):
    """Följdfråga: one question with answers to choose among; a change is a row of its own.

    An answer is kept with the row that it answered, so that old reports can always be read.
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    code = models.SlugField(max_length=40)  # what stays the same from version to version
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list)  # [{"code": …, "text": …, "text_en": …}, …]
    order = models.PositiveSmallIntegerField(default=100)
    is_ended = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        """In the order they are asked; each version once."""

        ordering: ClassVar = ["order", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint("category", "code", "version", name="one_row_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.version})"

    @property
    def text_now(self) -> str:
        """Return the question in the language of the reader."""
        return either(self.text, self.text_en)

    @property
    def choices_now(self) -> list[tuple[str, str]]:
        """Return the code of each answer, and its words in the language of the reader."""
        return [(each["code"], _words(each)) for each in self.choices]

    def choice_now(self, code: str) -> str:
        """Return the words of an answer; its code where they are not known."""
        return dict(self.choices_now).get(code, code)


def _words(choice: dict[str, str]) -> str:
    return either(choice["text"], choice.get("text_en", ""))
