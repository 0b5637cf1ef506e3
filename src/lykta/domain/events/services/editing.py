"""The category tree and its questions, as the co-ordination function edits them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lykta.domain.events.models import CHANGE_CATEGORIES, Category, Question
from lykta.domain.events.services.categories import known_words, new_code, plain
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError

_LONGEST_CODE = 40


class WordTaken(LyktaError):
    """Another category is called so."""

    code = "category-name-taken"


class TooDeep(LyktaError):
    """The tree has two levels."""

    code = "category-too-deep"


class NotToBeChanged(LyktaError):
    """What belongs to another channel does so by law, and is not changed here."""

    code = "category-fixed"


@transaction.atomic
def add_category(reach: Reach, *, name: str, **values: Any) -> Category:
    """Return a new category."""
    require(reach, CHANGE_CATEGORIES)
    _check_name(name, but=None)
    row = Category(code=new_code(name), words=[plain(name)], name=name.strip())
    _set(row, values)
    row.save(force_insert=True)
    audit.record("category.added", actor=reach.user, subject=row)
    return row


@transaction.atomic
def change_category(reach: Reach, row: Category, *, name: str, **values: Any) -> Category:
    """Change what a category is called, where it belongs, what is told of it, or end it."""
    require(reach, CHANGE_CATEGORIES)
    if row.is_stopped:
        raise NotToBeChanged(_("Det som hör till en annan kanal ändras inte här."))
    _check_name(name, but=row)
    # What files have called it, they may go on calling it.
    row.words = sorted({*row.words, plain(row.name), plain(name)})
    row.name = name.strip()
    _set(row, values)
    row.save()
    audit.record("category.changed", actor=reach.user, subject=row)
    return row


@transaction.atomic
def ask(
    reach: Reach, category: Category, *, text: str, choices: Sequence[tuple[str, str]],
    now: datetime, text_en: str = "", order: int = 100, before: Question | None = None,
) -> Question:  # fmt: skip
    """Return a new question about a category, or the next version of one that is asked already.

    choices : the answers to choose among, each in Swedish and English.
    """
    require(reach, CHANGE_CATEGORIES)
    row = Question.objects.create(
        category=category,
        code=before.code if before else _free_code(category, text),
        version=before.version + 1 if before else 1,
        text=text.strip(),
        text_en=text_en.strip(),
        choices=[
            {"code": str(number), "text": swedish, "text_en": english}
            for number, (swedish, english) in enumerate(choices, start=1)
        ],
        order=order,
        recorded_at=now,
        recorded_by_id=reach.user,
    )
    audit.record("question.asked", actor=reach.user, subject=row)
    return row


@transaction.atomic
def stop_asking(reach: Reach, row: Question, *, now: datetime) -> Question:
    """End a question; the answers it has had can still be read."""
    require(reach, CHANGE_CATEGORIES)
    copied = ("category", "code", "text", "text_en", "choices", "order")
    ended = Question.objects.create(
        **{name: getattr(row, name) for name in copied},
        version=row.version + 1,
        is_ended=True,
        recorded_at=now,
        recorded_by_id=reach.user,
    )
    audit.record("question.ended", actor=reach.user, subject=ended)
    return ended


def _check_name(name: str, *, but: Category | None) -> None:
    held = known_words().get(plain(name))
    if held is not None and held != but:
        raise WordTaken(_("En annan kategori heter redan så: %(name)s.") % {"name": held.name})


def _set(row: Category, values: dict[str, Any]) -> None:
    parent: Category | None = values.get("parent")
    if parent is not None:
        is_deep = parent.parent_id is not None or (row.pk and row.children.exists())
        if is_deep or parent == row:
            raise TooDeep(_("Trädet har två nivåer. Välj en kategori som ligger överst."))
    for name, value in values.items():
        setattr(row, name, value)


def _free_code(category: Category, text: str) -> str:
    taken = set(Question.objects.filter(category=category).values_list("code", flat=True))
    base = slugify(text)[: _LONGEST_CODE - 4] or "fraga"
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)
