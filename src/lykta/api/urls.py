"""The addresses of the API, and its description in OpenAPI 3.1."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from lykta.domain.events.api import reports, situation
from lykta.domain.indicators.api import router as indicators
from lykta.domain.meetings.api import router as week
from lykta.domain.partners.api import agreements, offices
from lykta.domain.partners.rules import READ_ROLES
from lykta.domain.places.api import router as areas
from lykta.domain.plans.api import router as pictures
from lykta.infrastructure.access import needs

api = NinjaAPI(
    title="lykta",
    version="1",
    description="Kommunens arbete för trygghet. Samma rättigheter som på sidorna gäller här.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/omraden/", areas)
api.add_router("/lagesbilder/", pictures)
api.add_router("/laget/", situation)
api.add_router("/rapporter/", reports)
api.add_router("/veckan/", week)
api.add_router("/nyckeltal/", indicators)
api.add_router("/samverkan/", agreements)
api.add_router("/samverkan/", offices)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Any) -> HttpResponse:
    """Return the same answer for what is not there and for what is not allowed."""
    return api.create_response(request, {"code": "not-found", "message": "Finns inte."}, status=404)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Return which value could not be understood."""
    wrong = ", ".join(str(each["loc"][-1]) for each in error.errors)
    message = f"Värdet går inte att förstå: {wrong}."
    return api.create_response(request, {"code": "bad-value", "message": message}, status=422)


@needs(READ_ROLES)
def unknown(_request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001 - whatever it is
    """Return that nothing has this address, in the form of the API."""
    return JsonResponse({"code": "not-found", "message": "Finns inte."}, status=404)


urlpatterns = [path("", api.urls), path("<path:path>", unknown, name="unknown")]
