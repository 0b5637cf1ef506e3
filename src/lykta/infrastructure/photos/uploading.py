"""An upload that stays in memory: Django would write a large one to a temporary file."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lykta.infrastructure.photos.opening import MOST_BYTES

View = Callable[..., HttpResponseBase]


class PhotoUpload(FileUploadHandler):
    """Keeps uploads in memory, and no more of them together than shows that they are too large."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """Keep a chunk; read the rest away once there is too much, so that a page can answer."""
        if self._kept <= MOST_BYTES:
            self._kept += self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


def takes_photos(view: View) -> View:
    """Return a page that takes uploads in memory; what it asks of the sender holds as before."""
    checked = csrf_protect(view)

    @csrf_exempt  # only so that the handler is there before the form is read; it is checked inside
    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [PhotoUpload(request)]
        return checked(request, *args, **kwargs)

    return taken
