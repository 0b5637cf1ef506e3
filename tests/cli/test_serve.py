"""The installation is served by two processes that live and die together."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from tests.drills import drill, set_up

import lykta.cli
from lykta.cli.serve import DIGEST, NIGHTLY

WAIT = 60  # seconds


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with set_up(tmp_path_factory.mktemp("serve") / "home") as made:
        yield made


@pytest.fixture
def server(installation):
    process = installation.start("serve", "--port", 0, "--processes", 1)
    process.address = process.stdout.readline().strip()
    wait_until(lambda: status_of(process.address) == "ok")
    yield process
    process.terminate()
    process.wait(timeout=WAIT)


def wait_until(is_so):
    end = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def status_of(address: str) -> str:
    try:
        with urllib.request.urlopen(f"{address}halsa/", timeout=WAIT) as answer:
            return json.load(answer)["status"]
    except OSError:
        return ""


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descendants_of(pid: int) -> list[int]:
    return [each for child in children_of(pid) for each in (child, *descendants_of(child))]


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def worker_of(installation):
    """Return what the doctor says of the process that does the work that waits."""
    # It fails while work waits for a worker that has not begun.
    checks = json.loads(installation.run("doctor", "--json").stdout)
    return next(check for check in checks if check["name"] == "Arbetare")


@pytest.mark.django_db
def test_the_address_that_is_printed_answers(server):
    assert server.address.startswith("http://127.0.0.1:")
    assert status_of(server.address) == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_both_processes_and_all_that_they_started(server, number):
    started = descendants_of(server.pid)

    server.send_signal(number)

    assert server.wait(timeout=WAIT) == 0
    assert len(started) > 2
    wait_until(lambda: not any(is_alive(pid) for pid in started))
    assert status_of(server.address) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 1])
def test_when_one_process_dies_the_other_is_ended(server, place):
    started = descendants_of(server.pid)

    os.kill(children_of(server.pid)[place], signal.SIGKILL)

    assert "slutade av sig själv" in server.communicate(timeout=WAIT)[1]
    assert server.returncode == 1
    wait_until(lambda: not any(is_alive(pid) for pid in started))


@pytest.mark.django_db
def test_the_worker_is_alive_and_has_its_nightly_work(installation, server):
    wait_until(lambda: worker_of(installation)["is_well"])

    wait_until(lambda: "0 jobb" in worker_of(installation)["found"])
    names = installation.ask("SELECT name FROM django_q_schedule ORDER BY id")
    assert tuple(name for (name,) in names if name) == (*NIGHTLY, DIGEST)


@pytest.mark.django_db
def test_a_port_that_is_taken_is_said_in_a_sentence(installation):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        answer = installation.run("serve", "--port", other.getsockname()[1])

    assert answer.returncode == 1
    assert "är upptagen" in answer.stderr


@pytest.mark.django_db
def test_old_tables_are_refused_with_what_to_do(installation, tmp_path):
    with drill(tmp_path / "home", like=installation) as old:
        old.ask("DELETE FROM django_migrations WHERE app = 'statutes'")

        answer = old.run("serve", "--port", 0)

    assert answer.returncode == 1
    assert "lykta setup" in answer.stderr


def test_without_an_installation_it_is_said_how_to_make_one(tmp_path):
    command = [sys.executable, "-m", "lykta.cli", "serve"]
    kept = {key: value for key, value in os.environ.items() if key != "LYKTA_SECRET_KEY"}
    environment = kept | {"LYKTA_DIR": str(tmp_path)}

    answer = subprocess.run(command, capture_output=True, text=True, env=environment)

    assert answer.returncode == 1
    assert "lykta setup" in answer.stderr


def test_the_doctor_finds_everything(run, monkeypatch, tmp_path):
    monkeypatch.setenv("LYKTA_DIR", str(tmp_path))

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
