"""Templates of answers, as the co-ordination function edits them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.events.models import TRIAGE, AnswerTemplate
from lykta.domain.events.rules import wording
from lykta.domain.events.services.screening import check_words
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class BadPlaceholder(LyktaError):
    """A template has braces that nothing is filled into."""

    code = "bad-placeholder"


@transaction.atomic
def save_template(
    reach: Reach, row: AnswerTemplate | None = None, **values: Any
) -> AnswerTemplate:  # fmt: skip
    """Return a new template, or one that has been changed."""
    require(reach, TRIAGE)
    check_words(values["name"])
    for text in (values["text"], values.get("text_en", "")):
        _check(text)
    action = "answer.added" if row is None else "answer.changed"
    row = row or AnswerTemplate()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    audit.record(action, actor=reach.user, subject=row)
    return row


@transaction.atomic
def remove_template(reach: Reach, row: AnswerTemplate) -> None:
    """Take a template away; what it has been used for stands."""
    require(reach, TRIAGE)
    audit.record("answer.removed", actor=reach.user, subject=row)
    row.delete()


def _check(text: str) -> None:
    if unknown := wording.unknown_placeholders(text):
        known = ", ".join(f"{{{each}}}" for each in wording.Placeholder)
        raise BadPlaceholder(
            _("Mallen har %(unknown)s, som inget kan sättas in i. Välj bland %(known)s.")
            % {"unknown": ", ".join(unknown), "known": known}
        )
    check_words(text)
