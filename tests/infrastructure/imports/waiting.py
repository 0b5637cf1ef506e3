"""How long another has to wait for her save while a large file is read in.

Run as ``python -m tests.infrastructure.imports.waiting 1000000`` for the long form.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.drills import Drill, set_up

# Another process of lykta, which saves something every so often and says how long each save took.
SAVER = """
import time
import django
django.setup()
from django.db import transaction
from lykta.infrastructure.audit import services as audit
while True:
    started = time.monotonic()
    with transaction.atomic():
        audit.record("waiting.tried", actor=None)
    print(time.monotonic() - started, flush=True)
    time.sleep(0.03)
"""


def waited(n_rows: int, folder: Path) -> dict[str, float]:
    """Return how long the import took, how many saves there were, and the longest of them."""
    file = _events(folder / "många.csv", n_rows)
    with set_up(folder / "home") as made:
        saver = _saver(made)
        assert saver.stdout
        first = saver.stdout.readline()
        started = time.monotonic()
        made.start("import", "events", file).communicate()
        seconds = time.monotonic() - started
        saver.terminate()
        said, complained = saver.communicate(timeout=60)
        assert not complained, complained
        waits = sorted(float(line) for line in [first, *said.splitlines()])
        ((n_events,),) = made.ask("SELECT count(*) FROM events_event")
    return {
        "rows": n_events,
        "seconds": round(seconds, 1),
        "saves": len(waits),
        "p95_s": round(waits[int(0.95 * len(waits))], 3),
        "longest_s": round(waits[-1], 3),
    }


def _saver(made: Drill) -> subprocess.Popen[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "lykta.project.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", SAVER], env=made.environment(**settings), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _events(path: Path, n: int) -> Path:
    """Write so many events of ten years, and return the file."""
    with path.open("w", encoding="utf-8") as file:
        file.write("id;tidpunkt;tidpunkt_till;kategori;x;y;område;källa\n")
        for k in range(n):
            day = f"{2016 + k % 10}-{k // 10 % 12 + 1:02d}-{k // 120 % 28 + 1:02d}"
            point = f"{600_000 + k % 9973};{6_600_000 + k % 9967}"
            file.write(f"{k};{day} 12:{k % 60:02d};;Brott {k % 12};{point};{'ABC'[k % 3]};Många\n")
    return path


def main() -> None:
    """Read so many rows in, and say how long another had to wait."""
    options = argparse.ArgumentParser(
        prog="python -m tests.infrastructure.imports.waiting", description=__doc__
    )
    options.add_argument("rows", type=int)
    asked = options.parse_args()
    with TemporaryDirectory() as folder:
        print(json.dumps(waited(asked.rows, Path(folder)), indent=1))  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
