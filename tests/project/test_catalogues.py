"""Catalogues of texts in the installation's folder: which languages they are, and by what name."""

import struct

import pytest

from lykta.project import catalogues


def lay(home, language: str, **headers: str) -> None:
    """Lay a compiled catalogue of headers alone, which is where a translator's tool writes them."""
    said = {"Content-Type": "text/plain; charset=UTF-8"} | {
        f"X-{name.replace('_', '-')}": value for name, value in headers.items()
    }
    text = "".join(f"{name}: {value}\n" for name, value in said.items()).encode()
    tables = struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 0)
    tables += struct.pack("<4I", 0, 44, len(text), 45)
    target = home / f"locale/{language}/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(tables + b"\0" + text + b"\0")


def test_a_language_is_known_by_its_own_name(tmp_path):
    lay(tmp_path, "ar")
    lay(tmp_path, "fi")

    assert list(catalogues.languages(tmp_path)) == [
        catalogues.Language("ar", "العربيّة", is_rtl=True),
        catalogues.Language("fi", "Suomi", is_rtl=False),
    ]


def test_what_is_not_known_of_a_language_stands_in_its_catalogue(tmp_path):
    lay(tmp_path, "prs", Language_Name="دری", Direction="rtl")
    lay(tmp_path, "fit", Language_Name="meänkieli")
    lay(tmp_path, "rom")

    assert list(catalogues.languages(tmp_path)) == [
        catalogues.Language("fit", "Meänkieli", is_rtl=False),
        catalogues.Language("prs", "دری", is_rtl=True),
        catalogues.Language("rom", "Rom", is_rtl=False),
    ]


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path):
    lay(tmp_path, "fi")
    file = tmp_path / "locale/fi/LC_MESSAGES/django.mo"
    file.write_bytes(b"no catalogue")

    with pytest.raises(catalogues.BadCatalogue, match=r"django\.mo"):
        list(catalogues.languages(tmp_path))
