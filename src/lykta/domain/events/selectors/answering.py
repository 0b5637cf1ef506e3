"""Templates of answers, and what they say of one report."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import formats, translation

from lykta.domain.events.models import TRIAGE, AnswerTemplate, Report
from lykta.domain.events.rules import wording
from lykta.domain.events.rules.wording import Placeholder
from lykta.infrastructure.access import Reach, require

_NO_PLACE = {"sv": "platsen", "en": "the place"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A template filled in for a report, in Swedish and, where it has it, in English."""

    pk: int
    name: str
    swedish: str
    english: str

    def text(self, language: str) -> str:
        """Return it in a language; in Swedish where there is no other."""
        return (self.english if language == "en" else "") or self.swedish


def answer_templates(reach: Reach) -> QuerySet[AnswerTemplate]:
    """Return every template, in the order they are offered."""
    require(reach, TRIAGE)
    return AnswerTemplate.objects.select_related("category")


def answer_template(reach: Reach, pk: int) -> AnswerTemplate:
    """Return one template, or refuse as if it did not exist."""
    return get_object_or_404(answer_templates(reach), pk=pk)


def answers_to(reach: Reach, report: Report) -> list[Answer]:
    """Return the answers that are offered for a report: of its kind first, then for all."""
    kinds = {report.category_id, report.category.parent_id or report.category_id}
    rows = answer_templates(reach).filter(Q(category=None) | Q(category__in=kinds))
    found = sorted(rows, key=lambda row: row.category_id is None)
    return [
        Answer(
            row.pk,
            row.name,
            wording.filled(row.text, _values(report, "sv")),
            wording.filled(row.text_en, _values(report, "en")),
        )
        for row in found
    ]


def _values(report: Report, language: str) -> dict[str, str]:
    kind = report.category
    with translation.override(language):
        name = kind.name_now
        day = formats.date_format(report.first_day, "j F Y")
    place = report.place.name if report.place else report.place_text
    return {
        Placeholder.CATEGORY: name.lower(),
        Placeholder.PLACE: place or _NO_PLACE[language],
        Placeholder.DAY: day,
    }
