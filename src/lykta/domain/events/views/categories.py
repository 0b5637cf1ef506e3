"""The pages where the category tree and its questions are edited."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.categories import CategoryForm, QuestionForm, filled
from lykta.domain.events.models import CHANGE_CATEGORIES, Category, Question
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError

_FIELDS = (
    *("name", "name_en", "parent", "subject", "order", "answer_days", "advice", "advice_en"),
    "is_ended",
)


@needs(CHANGE_CATEGORIES)
@require_GET
def categories(request: Request) -> HttpResponse:
    """Show the tree of categories."""
    return render(request, "events/categories.html", {"families": selectors.families()})


@needs(CHANGE_CATEGORIES)
@require_http_methods(["GET", "POST"])
def new_category(request: Request) -> HttpResponse:
    """Add a category."""
    form = CategoryForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.add_category(request.reach, **form.cleaned_data)
            messages.success(request, _("%(name)s är tillagd.") % {"name": made.name})
            return redirect("events:category", pk=made.pk)
        except LyktaError as error:
            form.add_error("name", str(error))
    return _form(request, form, _("Ny kategori"))


@needs(CHANGE_CATEGORIES)
@require_http_methods(["GET", "POST"])
def category(request: Request, pk: int) -> HttpResponse:
    """Show and change one category, with the questions that are asked about it."""
    row = get_object_or_404(Category, pk=pk)
    form = CategoryForm(
        request.POST or None, initial={name: getattr(row, name) for name in _FIELDS}
    )
    if form.is_valid():
        try:
            services.change_category(request.reach, row, **form.cleaned_data)
            messages.success(request, _("Ändringen är sparad."))
            return redirect("events:category", pk=pk)
        except LyktaError as error:
            form.add_error(None, str(error))
    asked = Question.objects.current().filter(category=row)
    return _form(request, form, row.name_now, row=row, questions=asked)


@needs(CHANGE_CATEGORIES)
@require_http_methods(["GET", "POST"])
def new_question(request: Request, pk: int) -> HttpResponse:
    """Ask a new question about a category."""
    row = get_object_or_404(Category, pk=pk, is_stopped=False)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        services.ask(request.reach, row, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Frågan är tillagd."))
        return redirect("events:category", pk=pk)
    return _form(request, form, _("Ny fråga"), row=row)


@needs(CHANGE_CATEGORIES)
@require_http_methods(["GET", "POST"])
def question(request: Request, pk: int) -> HttpResponse:
    """Change a question: the next version of it is asked from now on."""
    row = get_object_or_404(Question.objects.current().select_related("category"), pk=pk)
    form = QuestionForm(request.POST or None, initial=filled(row))
    if form.is_valid():
        services.ask(
            request.reach, row.category, before=row, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Frågan är ändrad. Gamla svar står kvar som de var."))
        return redirect("events:category", pk=row.category_id)
    return _form(request, form, _("Ändra frågan"), row=row.category, question=row)


@needs(CHANGE_CATEGORIES)
@require_POST
def stop_asking(request: Request, pk: int) -> HttpResponse:
    """End a question."""
    row = get_object_or_404(Question.objects.current(), pk=pk)
    services.stop_asking(request.reach, row, now=timezone.now())
    messages.success(request, _("Frågan ställs inte längre."))
    return redirect("events:category", pk=row.category_id)


def _form(request: Request, form: Form, title: str, **context: Any) -> HttpResponse:
    context |= {"form": form, "title": title}
    return render(request, "events/category.html", context, status=400 if form.errors else 200)
