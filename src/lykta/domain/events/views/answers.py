"""The pages of templates of answers, and hints on how to say it plainly."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.events import selectors, services
from lykta.domain.events.forms.routing import AnswerForm
from lykta.domain.events.models import TRIAGE
from lykta.domain.events.rules import wording
from lykta.infrastructure.access import Request, needs
from lykta.infrastructure.errors import LyktaError

LONGEST_TEXT = 600
_FIELDS = ("name", "category", "text", "text_en", "order")


def hints_in(text: str) -> list[str]:
    """Return hints on a text, each as a sentence."""
    return [_said(each) for each in wording.hints(text)]


@needs(TRIAGE)
@require_GET
def answers(request: Request) -> HttpResponse:
    """Show the templates of answers."""
    rows = [(row, hints_in(row.text)) for row in selectors.answer_templates(request.reach)]
    return render(request, "events/answers.html", {"rows": rows})


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def new_answer(request: Request) -> HttpResponse:
    """Add a template."""
    return _edit(request, AnswerForm(request.POST or None), title=_("Ny svarsmall"))


@needs(TRIAGE)
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Show and change a template."""
    row = selectors.answer_template(request.reach, pk)
    initial = {name: getattr(row, name) for name in _FIELDS}
    form = AnswerForm(request.POST or None, initial=initial)
    return _edit(request, form, title=row.name, row=row, hints=hints_in(row.text))


@needs(TRIAGE)
@require_POST
def remove_answer(request: Request, pk: int) -> HttpResponse:
    """Take a template away."""
    services.remove_template(request.reach, selectors.answer_template(request.reach, pk))
    messages.success(request, _("Mallen är borttagen."))
    return redirect("events:answers")


@needs(TRIAGE)
@require_POST
def hints(request: Request) -> JsonResponse:
    """Return hints on a text that is being written; it is neither kept nor logged."""
    return JsonResponse({"hints": hints_in(request.POST.get("text", "")[:LONGEST_TEXT])})


def _edit(request: Request, form: AnswerForm, **context: Any) -> HttpResponse:
    if form.is_valid():
        try:
            saved = services.save_template(request.reach, context.get("row"), **form.cleaned_data)
            messages.success(request, _("Mallen är sparad."))
            return redirect("events:answer", pk=saved.pk)
        except LyktaError as error:
            form.add_error("text", str(error))
    context["form"] = form
    return render(request, "events/answer.html", context, status=400 if form.errors else 200)


def _said(hint: wording.Hint) -> str:
    if hint.instead:
        return _("”%(said)s”: skriv hellre ”%(instead)s”.") % {
            "said": hint.said,
            "instead": hint.instead,
        }
    return _("Meningen ”%(said)s” har %(n)s ord. Dela den.") % {
        "said": hint.said,
        "n": hint.n_words,
    }
