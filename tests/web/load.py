"""Läget under load: a million events, eight connections, no two questions the same.

Run as ``python -m tests.web.load 1000000 --out docs/reference/load.json``.
"""

import argparse
import http.client
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.circumstances import circumstances, files_of, fingerprint

CONNECTIONS, QUESTIONS, SEED = 8, 600, 2026
# Each round has a server of its own, started anew; the middle one is what is told.
ROUNDS = 5
# The worker that stands beside the pages takes so long to start, and no one asks for it.
START_S = 4
# The demo lies along the border: so many of the moved events fall outside and are not kept.
SHARE_OUTSIDE = 0.025
SHIFT_M = 120  # each event of the demo is laid again and again, so far from where it was
LAST_WEEK = date(2026, 10, 19)
# Who asks, and the areas that she is held to: five different rights.
READERS = {
    "amina": (), "pelle": (), "kerstin": (),
    "harriet": ("0126-SKO", "0126-VAR"), "vera": ("0126-FLE",),
}  # fmt: skip
CODE = (
    "src/lykta/infrastructure/columns",
    *(
        f"src/lykta/domain/events/selectors/{name}.py"
        for name in ("choices", "counting", "early", "hexagons", "situation")
    ),
    "src/lykta/project/server.py",
    "src/lykta/web/middleware.py",
    "src/lykta/web/situation",
    "src/lykta/web/templatetags",
)


def measured(n_events: int, folder: Path) -> dict[str, Any]:
    """Return how long the answers took, and how many said what the rows say."""
    home = folder / "home"
    os.environ |= {"LYKTA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "lykta.project.settings"}
    if not home.exists():
        _lykta("demo", home)
        _lykta("import", "events", _many(home / "handelser.csv", n_events, folder / "många.csv"))
    import django

    django.setup()
    cookies = {name: _session(name, areas) for name, areas in READERS.items()}
    from django.utils import timezone
    from tests.web.questions import counted, draw, shown

    from lykta.domain.events.models import Event
    from lykta.domain.partners.selectors import reach_of

    rng = random.Random(SEED)
    asked = [(q, rng.choice(list(READERS))) for q in draw(QUESTIONS, seed=SEED, last=LAST_WEEK)]
    paths = [(question.path, cookies[who]) for question, who in asked]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    rounds = [_round(paths) for _ in range(ROUNDS)]
    own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    reaches = {name: reach_of(_account(name).pk, on=timezone.localdate()) for name in READERS}
    right = sum(
        all(shown(answers[place][1]) == n for answers in rounds)
        for place, n in enumerate(counted(question, reaches[who]) for question, who in asked)
    )
    times = [_times([seconds for seconds, _page in answers]) for answers in rounds]
    return {
        "events": Event.objects.current().count(),
        "connections": CONNECTIONS,
        "requests": len(asked),
        "readers": len(READERS),
        "rounds": times,
        "p95_ms": round(statistics.median(each["p95_ms"] for each in times)),
        "load_generator_cpu_s": round(own / ROUNDS, 2),
        "equal_to_the_rows": right,
    }


def _round(paths: list[tuple[str, str]]) -> list[tuple[float, str]]:
    """Ask a server that has just been started, and has nothing in its caches, everything."""
    with _served() as port:
        time.sleep(START_S)
        return _ask_all(port, paths)


def _times(seconds: list[float]) -> dict[str, int]:
    ordered = sorted(seconds)
    places = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    found = {name: round(1000 * ordered[int(q * len(ordered))]) for name, q in places.items()}
    return found | {"max_ms": round(1000 * ordered[-1])}


def _many(source: Path, n: int, target: Path) -> Path:
    """Write the demo's events over and over until there are so many, each a little aside."""
    header, *lines = source.read_text("utf-8-sig").splitlines()
    rng = random.Random(SEED)
    with target.open("w", encoding="utf-8") as file:
        file.write(f"{header}\n")
        for number in range(round(n / (1 - SHARE_OUTSIDE))):
            cells = rng.choice(lines).split(";")
            cells[0], cells[-1] = f"M-{number}", "Syntetiska händelser, många"
            for place in (4, 5):
                if cells[place]:
                    moved = float(cells[place].replace(",", ".")) + rng.gauss(0, SHIFT_M)
                    cells[place] = f"{moved:.1f}".replace(".", ",")
            file.write(";".join(cells) + "\n")
    return target


def _session(name: str, areas: tuple[str, ...]) -> str:
    """Return the cookie of someone who is logged in, held to some areas."""
    from django.conf import settings
    from django.test import Client

    from lykta.domain.partners.models import Membership
    from lykta.domain.places.models import Area

    account = _account(name)
    if areas:
        Membership.objects.get(account=account).areas.set(Area.objects.filter(code__in=areas))
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}"


def _account(name: str) -> Any:
    from lykta.infrastructure.accounts.models import Account

    return Account.objects.get(email=f"{name}@demo.example")


@contextmanager
def _served() -> Iterator[int]:
    """Yield the port of a server that has just been started."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "lykta.cli", "serve", "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        address = next(line for line in process.stdout if line.startswith("http"))
        port = int(address.strip().rstrip("/").rsplit(":", 1)[1])
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            _get(port, "/halsa/", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")


def _ask_all(port: int, asked: list[tuple[str, str]]) -> list[tuple[float, str]]:
    def one(question: tuple[str, str]) -> tuple[float, str]:
        started = time.monotonic()
        page = _get(port, *question)
        return time.monotonic() - started, page

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(one, asked))


def _get(port: int, path: str, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode("utf-8")
    connection.close()
    assert answer.status == 200, (answer.status, path)
    return page


def _lykta(*arguments: object) -> None:
    command = [sys.executable, "-m", "lykta.cli", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def sources() -> dict[str, Any]:
    """Return which files the result speaks of, and their SHA-256 taken together."""
    files = files_of(CODE)
    return {"files": files, "sha256": fingerprint(files)}


def main() -> None:
    """Measure, and write the result where one says so."""
    options = argparse.ArgumentParser(prog="python -m tests.web.load", description=__doc__)
    options.add_argument("events", type=int)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    options.add_argument("--folder", type=Path, help="keep what is filled here, and use it again")
    asked = options.parse_args()
    with TemporaryDirectory() as passing:
        found = measured(asked.events, asked.folder or Path(passing))
    rounds = {f"round {number}": each for number, each in enumerate(found.pop("rounds"), start=1)}
    result = circumstances() | {"sqlite": found, "rounds": rounds, "sources": sources()}
    print(json.dumps(result, indent=1))  # noqa: T201 - run by hand
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
