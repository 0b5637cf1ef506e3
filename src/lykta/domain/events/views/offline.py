"""What lets the page where one reports be opened without network, and put on a home screen."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lykta.infrastructure.access import Request, open_to_all

# What the page needs to be shown and to work, apart from itself.
NEEDED = (
    *("vendor/designsystemet-css/index.css", "vendor/designsystemet-css/theme.css"),
    *(f"lykta/{name}.css" for name in ("tokens", "page", "parts", "forms", "reporting", "photo")),
    *(f"lykta/{name}.js" for name in ("menu", "leave", "report", "outbox", "queue", "photo")),
    "lykta/personal-data.js",
    *("fonts/inter-400.woff2", "fonts/inter-600.woff2", "lykta/favicon.svg", "lykta/lantern.svg"),
)


@open_to_all
@require_GET
def worker(request: Request) -> HttpResponse:
    """Return the program that keeps the page and sends what waits; it tells nothing of anyone."""
    context = {"page": reverse("events:report"), "needed": [static(name) for name in NEEDED]}
    response = render(request, "events/worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@open_to_all
@require_GET
def manifest(request: Request) -> JsonResponse:
    """Return how the page is shown on a home screen."""
    return JsonResponse(
        {
            "name": f"{_('Rapportera')} – lykta, {settings.INSTALLATION.short_name}",
            "short_name": _("Rapportera"),
            "lang": request.LANGUAGE_CODE,
            "start_url": reverse("events:report"),
            "scope": reverse("events:report"),
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0b5568",
            "icons": [
                {"src": static("lykta/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
            ],
        },
        content_type="application/manifest+json",
    )
