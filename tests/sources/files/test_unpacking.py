"""A file that cannot be read says where, what is wrong, and what to do."""

import gzip
import zipfile

import pytest
from tests.sources.samples import csv_text

from lykta.infrastructure.errors import UnreadableFile
from lykta.sources.files import unpacking
from lykta.sources.reading import read_events


def refusal(path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_events([path])
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    assert "finns inte" in refusal(tmp_path / "borta.csv")


def test_a_folder_is_no_file(tmp_path):
    assert "det är en mapp" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "den är tom"),
        (b"\n\n", "ingen rubrikrad"),
        (b"tid;kategori\n", "inga rader"),
        (b"%PDF-1.7", "en PDF"),
        (b"<!DOCTYPE html><html>", "en webbsida"),
        (gzip.compress(b"", mtime=0), "tom när den packas upp"),
        (gzip.compress(csv_text().encode())[:-9], "avhuggen"),
        (b"PK\x03\x04 and nothing more", "zip-arkivet är skadat"),
        (b"PAR1 and nothing more", "Parquet-filen är skadad"),
        (b"SQLite format 3\x00", "kartfilen är skadad"),
        (b'{"error": "not found"}', "ingen lista av poster"),
        (b'[{"id": 1', "avhuggen eller felaktig"),
        (b"\xd0\xcf\x11\xe0 and nothing more", "ingen hel Excelfil"),
    ],
)
def test_a_file_without_content_says_why(content, said, tmp_path):
    path = tmp_path / "fil"
    path.write_bytes(content)

    message = refusal(path)

    assert said in message
    assert message.startswith("Filen fil går inte att läsa: ")


def test_an_archive_with_a_password_is_refused(tmp_path):
    path = tmp_path / "låst.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x")
    content = bytearray(path.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 8] |= 1  # the flag that says encrypted
    path.write_bytes(content)

    assert "skyddat med lösenord" in refusal(path)


def test_an_archive_of_several_files_is_refused(tmp_path):
    path = tmp_path / "flera.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "y")

    assert "innehåller 2 filer" in refusal(path)


def test_a_file_that_grows_beyond_the_bound_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED_BYTES", 1000)
    path = tmp_path / "stor.gz"
    path.write_bytes(gzip.compress(b"a" * 10_000))

    assert "blir större än" in refusal(path)
