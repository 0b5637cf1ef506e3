"""The municipality's own mark."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from lykta.infrastructure.access import open_to_all

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


@open_to_all
@require_safe
def logo(_request: HttpRequest) -> FileResponse:
    """Return the file that `kommun.toml` names; it is shown on the login page too."""
    file = settings.INSTALLATION.logo
    if file is None or file.suffix.lower() not in _TYPES:
        raise Http404
    response = FileResponse(file.open("rb"), content_type=_TYPES[file.suffix.lower()])
    response["Cache-Control"] = "public, max-age=86400"
    return response
