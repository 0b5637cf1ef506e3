"""The demo is served on this machine, and only there."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import lykta.cli
from lykta.infrastructure.errors import LyktaError


@pytest.fixture
def server(papers):
    (papers / "lagesbild.html").write_bytes((papers / "public.html").read_bytes())
    command = [sys.executable, "-u", "-m", "lykta.cli", "serve", str(papers), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield [process.stdout.readline().strip() for _ in range(3)]
    process.terminate()
    process.wait(timeout=10)


def test_the_address_that_is_printed_shows_the_picture(server):
    address = next(line for line in server if line.endswith("lagesbild.html"))

    with urllib.request.urlopen(address, timeout=10) as answer:
        page = answer.read().decode()

    assert address.startswith("http://127.0.0.1:")
    assert "Händelser i Huddinge" in page


def test_a_folder_that_is_not_there_is_said_in_a_sentence(run, tmp_path):
    result = run("serve", tmp_path / "ingen")

    assert isinstance(result.exception, LyktaError)
    assert "finns inte" in str(result.exception)


def test_the_doctor_finds_everything(run):
    result = run("doctor", "--compile")

    assert result.exit_code == 0
    assert "kompilerade" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["picture", "-h"], "Så här: lykta picture [VAL] HÄNDELSER… OMRÅDEN"),
        (["bild"], "Kommandot 'bild' finns inte."),
        (["picture", "a.csv", "b.csv"], "Det saknas ett val: '-o'"),
        (["picture", "a.csv", "b.csv", "-o", "x.pdf", "--cell", "50"], "--cell"),
        (["serve", "--prt", "1"], "Valet '--prt' finns inte."),
    ],
)
def test_the_command_line_speaks_swedish(arguments, said):
    command = [sys.executable, "-m", "lykta.cli", *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "LANG")}

    answer = subprocess.run(command, capture_output=True, text=True, env=environment)

    assert said in answer.stdout + answer.stderr
    assert "Try '" not in answer.stderr


def test_the_compiled_words_are_those_that_are_written():
    folder = Path(lykta.cli.__file__).parent / "locale/sv/LC_MESSAGES"
    with (
        (folder / "messages.po").open("rb") as written,
        (folder / "messages.mo").open("rb") as made,
    ):
        words, compiled = read_po(written, locale="sv"), read_mo(made)

    assert said(words) == said(compiled)


def said(catalogue):
    """Return each word of a catalogue and its translations."""
    return sorted((list(m.id), list(m.string)) for m in catalogue if m.id)
