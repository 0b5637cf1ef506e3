"""A page with one form: filled in, saved, or shown again with what is to be put right."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lykta.infrastructure.access import Request
from lykta.infrastructure.errors import LyktaError

Save = Callable[[dict[str, Any]], HttpResponse]


def filled(
    request: Request,
    form: Form,
    save: Save,
    heading: str,
    *,
    template: str = "partners/form.html",
    back: str = "partners:administration",
    **context: Any,
) -> HttpResponse:
    """Return what saving answers, or the form again with what is to be put right."""
    if request.method == "POST" and form.is_valid():
        try:
            return save(dict(form.cleaned_data))
        except LyktaError as error:
            form.add_error(None, str(error))
    context |= {"form": form, "heading": heading, "back": reverse(back)}
    return render(request, template, context, status=400 if form.errors else 200)
