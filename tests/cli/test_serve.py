"""The demo is served on this machine, and only there."""

import subprocess
import sys
import urllib.request

import pytest

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
