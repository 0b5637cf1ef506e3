"""The demo, made and served as a user does it once in a run; whoever needs one gets a copy."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.once import made_once
from tests.ports import free_port

LYKTA = (sys.executable, "-m", "lykta.cli")
PATIENCE_S = 40


def clean() -> dict[str, str]:
    """Return the environment without all that lykta reads of it."""
    kept = {name: value for name, value in os.environ.items() if name[:6] != "LYKTA_"}
    kept.pop("DATABASE_URL", None)
    return kept


def copy_demo(folder: Path) -> None:
    """Make the folder a demo of its own, with nothing but words in common with the others."""
    shutil.copytree(made_once("demo", _make) / "demo", folder)


def serve(folder: Path, port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Serve an installation, web and worker, and return the process when it answers."""
    return _answering(["serve", "--port", str(port)], folder, port, environment)


def _make(folder: Path) -> None:
    """Make the demo and see that it is served."""
    home, port = folder / "demo", free_port()
    served = _answering(["demo", str(home), "--serve", "--port", str(port)], home, port, clean())
    served.send_signal(signal.SIGTERM)
    assert served.wait(PATIENCE_S) == 0


def _answering(
    command: list[str], home: Path, port: int, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    log = home.parent / "log"
    with log.open("a") as written:
        served = subprocess.Popen(
            [*LYKTA, *command],
            env={**environment, "LYKTA_DIR": str(home)},
            stdout=written,
            stderr=written,
        )
    _wait_for(f"http://127.0.0.1:{port}/halsa/", served, log)
    return served


def _wait_for(url: str, served: Any, log: Path) -> None:
    for _ in range(3000):
        try:
            urllib.request.urlopen(url)
            return
        except OSError:
            assert served.poll() is None, log.read_text()[-3000:]
            time.sleep(0.1)
    raise AssertionError(log.read_text()[-3000:])
