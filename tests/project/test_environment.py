"""A start without what it needs ends in a sentence, and no town is written in the code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.house import SOURCE, in_house
from tests.installation import TOML

from lykta.infrastructure import installation
from lykta.infrastructure.installation import BadInstallation


def start(folder: Path) -> str:
    code = "from lykta.project import settings"
    env = {"PATH": os.environ["PATH"], "LYKTA_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    return done.stderr.strip().splitlines()[-1] if done.stderr else ""


def test_without_a_key_nothing_starts(tmp_path):
    (tmp_path / "kommun.toml").write_text(TOML, encoding="utf-8")

    assert "Nyckeln saknas" in start(tmp_path)


def test_without_a_municipality_nothing_starts(tmp_path):
    (tmp_path / "secret-key").write_text("x", encoding="utf-8")

    assert "kommun.toml” finns inte" in start(tmp_path)


def test_with_both_it_starts(tmp_path):
    (tmp_path / "kommun.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "secret-key").write_text("x", encoding="utf-8")

    assert start(tmp_path) == ""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('code = "9999"', 'code = "99"', "fyra siffror"),
        ('name = "Exempelby kommun"', "", "saknas name"),
        ("[texts]", "[textrs]", "textrs"),
        ("welcome", "valkommen", "valkommen"),
        ('code = "9999"', 'code = "9999"\nlogo = "finns-inte.svg"', "finns-inte.svg"),
        ("[municipality]", "[municipality", "inte riktig TOML"),
        ("[texts]", 'address = "lykta.example"\n[texts]', "utan sida"),
        ("[texts]", 'address = "https://lykta.example/start/"\n[texts]', "utan sida"),
        ("[texts]", "address = 7\n[texts]", "utan sida"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path, before, after, said):
    file = tmp_path / "kommun.toml"
    file.write_text(TOML.replace(before, after), encoding="utf-8")

    with pytest.raises(BadInstallation, match=said):
        installation.read(file)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('key = "smhi"', "smhi"),
        ('key = "kolada"', "saknas titles"),
        ('key = "kolada"\ntitles = "N07403"', "tabeller"),
        ('key = "polisen"\ntable = "TAB1"', "table"),
        ('titles = { N07403 = "X" }', "Välj bland kolada, polisen, scb"),
    ],
)
def test_what_is_wrong_with_a_source_is_said(tmp_path, source, said):
    file = tmp_path / "kommun.toml"
    file.write_text(f"{TOML}\n[[sources]]\n{source}\n", encoding="utf-8")

    with pytest.raises(BadInstallation, match=said):
        installation.read(file)


def test_no_source_is_on_unless_it_is_named(tmp_path):
    file = tmp_path / "kommun.toml"
    file.write_text(TOML, encoding="utf-8")
    before = installation.read(file).sources
    file.write_text(f'{TOML}\n[[sources]]\nkey = "polisen"\n', encoding="utf-8")

    assert (before, [each.key for each in installation.read(file).sources]) == ((), ["polisen"])


def test_no_town_is_named_by_the_pages_or_the_rooms():
    """Beside the demo, the examples of two help texts and Statistics Sweden's own list."""
    allowed = {
        *("src/lykta/cli/demo.py", "src/lykta/cli/picture.py"),
        *("src/lykta/sources/records.py",),
        *("src/lykta/sources/statistics_sweden/municipalities.py",),
    }
    named = [
        in_house(path)
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".js", ".toml")
        and "demo" not in path.relative_to(SOURCE).parts[:1]
        and "vendor" not in path.parts
        and re.search(r"Huddinge|\b0126\b", path.read_text(encoding="utf-8"))
    ]

    assert set(named) - allowed == set()


@pytest.mark.parametrize(
    ("said", "address", "host"),
    [
        ("", "", "lykta.invalid"),
        ("https://lykta.example/", "https://lykta.example", "lykta.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1"),
    ],
)
def test_the_address_is_kept_without_its_last_slash(tmp_path, said, address, host):
    file = tmp_path / "kommun.toml"
    file.write_text(TOML.replace("[texts]", f'address = "{said}"\n[texts]'), encoding="utf-8")

    found = installation.read(file)

    assert (found.address, found.host) == (address, host)
