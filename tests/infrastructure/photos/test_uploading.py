"""An uploaded photo stays in memory, and no more of it than is taken."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from tests.infrastructure.photos.samples import telling_jpeg

from lykta.infrastructure.photos.cleaning import clean
from lykta.infrastructure.photos.opening import MOST_BYTES, PhotoTooLarge
from lykta.infrastructure.photos.uploading import PhotoUpload


def uploaded(*contents: bytes):
    files = [SimpleUploadedFile("bild.jpg", content, "image/jpeg") for content in contents]
    request = RequestFactory().post("/", {"photo": files})
    request.upload_handlers = [PhotoUpload(request)]
    return request.FILES.getlist("photo")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_a_large_photo_is_cleaned_without_a_file_on_disk(folder, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    large = telling_jpeg() + b"\0" * 6 * 1024 * 1024

    photo = clean(uploaded(large)[0])

    assert photo.width == 200
    assert list(folder.iterdir()) == []


def test_of_fifty_megabytes_only_the_limit_is_kept_and_they_are_refused(folder):
    [file] = uploaded(b"\xff\xd8\xff" + b"\0" * 50 * 1024 * 1024)

    assert len(file.file.getbuffer()) < MOST_BYTES + 128 * 1024
    with pytest.raises(PhotoTooLarge):
        clean(file)


def test_many_photos_share_the_limit(folder):
    files = uploaded(*[b"\0" * 15 * 1024 * 1024] * 3)

    assert sum(len(file.file.getbuffer()) for file in files) < MOST_BYTES + 128 * 1024
