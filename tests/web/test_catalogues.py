"""A catalogue of one's own makes a language, one that Django knows or not; residents read in it."""

import struct
from pathlib import Path

import pytest
from django.test import Client

from lykta.project.catalogues import BadCatalogue, Language, languages

FORM = "/oppet/rapportera/"


def lay(home: Path, locale: str, **headers: str) -> None:
    """Lay a catalogue of one text in an installation's folder."""
    said = {"Content-Type": "text/plain; charset=utf-8"} | headers
    header = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in said.items())
    path = home / "locale" / locale / "LC_MESSAGES/django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled({"": header, "Skicka": "Dir"}))


def compiled(texts: dict[str, str]) -> bytes:
    """Return a catalogue as gettext reads it: Babel leaves out headers that it does not know."""
    pairs = [(key.encode(), texts[key].encode()) for key in sorted(texts)]
    parts = [key for key, _ in pairs] + [text for _, text in pairs]
    begins = 28 + 8 * len(parts)
    tables, body = b"", b""
    for part in parts:
        tables += struct.pack("<2I", len(part), begins + len(body))
        body += part + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables + body


def test_what_django_does_not_know_of_a_language_its_catalogue_says(tmp_path):
    lay(tmp_path, "ar")
    lay(tmp_path, "prs", X_Language_Name="دری", X_Direction="rtl")
    lay(tmp_path, "so", X_Language_Name="soomaali")
    lay(tmp_path, "ti")

    assert list(languages(tmp_path)) == [
        Language("ar", "العربيّة", is_rtl=True),
        Language("prs", "دری", is_rtl=True),
        Language("so", "Soomaali", is_rtl=False),
        Language("ti", "Ti", is_rtl=False),
    ]


@pytest.mark.parametrize("content", [b"", b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 20])
def test_a_damaged_catalogue_is_named(tmp_path, content):
    lay(tmp_path, "so")
    path = tmp_path / "locale/so/LC_MESSAGES/django.mo"
    path.write_bytes(content)

    with pytest.raises(BadCatalogue, match=r"django\.mo"):
        list(languages(tmp_path))


def test_residents_read_in_a_language_that_django_does_not_know(filled, tmp_path, settings):
    lay(tmp_path, "prs")
    settings.LOCALE_PATHS = [str(tmp_path / "locale"), *settings.LOCALE_PATHS]
    settings.OPEN_LANGUAGES = {"prs": "دری"}
    settings.LANGUAGES_BIDI = ["prs"]
    rut = Client()
    rut.cookies["lykta_language"] = "prs"

    page = rut.get(FORM).content.decode()

    assert '<html lang="prs" dir="rtl"' in page
    assert ">Dir</button>" in page
    assert "دری" in page
    assert "Vad har hänt?" in page  # what the catalogue lacks


def test_residents_read_easy_swedish_and_those_who_log_in_do_not(filled, enter):
    rut, vera = Client(), enter("vera")
    for each in (rut, vera):
        each.cookies["lykta_language"] = "sv-x-latt"

    easy, plain = rut.get(FORM).content.decode(), vera.get("/rapportera/").content.decode()

    assert '<html lang="sv-x-latt"' in easy
    assert "Skriv en gata eller namnet på en plats." in easy
    assert "Adress eller känd plats." in plain
    assert "Lättläst svenska" not in plain
