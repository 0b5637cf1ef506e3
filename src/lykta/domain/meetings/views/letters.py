"""The pages of the letters of a month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lykta.domain.documents.rules import CONTENT_TYPES
from lykta.domain.meetings import selectors, services, words
from lykta.domain.meetings.models import READ
from lykta.domain.meetings.rules import Month
from lykta.infrastructure.access import Refused, Request, needs

FORM_NAMES = {"pdf": "PDF", "docx": "Word"}


@needs(READ)
@require_GET
def letters(request: Request) -> HttpResponse:
    """Show to whom there are letters, and of which months."""
    context = {
        "addressees": selectors.addressees(request.reach, on=request.today),
        "months": selectors.months(today=request.today),
    }
    return render(request, "meetings/letters.html", context)


@needs(READ)
@require_GET
def letter(request: Request, pk: int, month: Month) -> HttpResponse:
    """Show what one organisation told of in a month, and what was done with it."""
    said = selectors.letter(request.reach, pk, month, today=request.today)
    context = {
        "said": said,
        "sentences": words.letter(said),
        "month": month,
        "pk": pk,
        "lines": [words.sentences(each)[0].text for each in said["pictures"]],
        "forms": FORM_NAMES.items(),
    }
    return render(request, "meetings/letter.html", context)


@needs(READ)
@require_GET
def letter_file(request: Request, pk: int, month: Month, form: str) -> HttpResponse:
    """Return the letter in one form."""
    if form not in FORM_NAMES:
        raise Refused
    name, content = services.letter_in(request.reach, pk, month, form, today=request.today)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
