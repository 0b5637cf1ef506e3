"""What the environment says: each setting is read here, and nowhere else."""

import os
from pathlib import Path

from lykta.infrastructure.errors import LyktaError


class MissingSetting(LyktaError):
    """A setting without which nothing can start is not there."""

    code = "missing-setting"


def folder() -> Path:
    """Return the folder that holds what this installation owns."""
    return Path(os.environ.get("LYKTA_DIR", "lykta-data")).resolve()


def secret_key(home: Path) -> str:
    """Return the key that sessions and links are signed with, from the environment or its file."""
    if value := os.environ.get("LYKTA_SECRET_KEY"):
        return value
    file = home / "secret-key"
    if file.is_file():
        return file.read_text(encoding="utf-8").strip()
    raise MissingSetting(
        f"Nyckeln saknas: ”{file}” finns inte och LYKTA_SECRET_KEY är inte satt. "
        "Kör lykta setup först, eller ange rätt mapp i LYKTA_DIR."
    )


def database_url(home: Path) -> str:
    """Return where the database is: a file in the folder, unless another place is given."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'lykta.sqlite3'}"


def hosts() -> list[str]:
    """Return the names under which the pages may be asked for."""
    return os.environ.get("LYKTA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def is_https() -> bool:
    """Return whether the pages are served over HTTPS, so that cookies may demand it."""
    return os.environ.get("LYKTA_HTTPS", "") == "1"


def worker_count() -> int:
    """Return how many processes do the work that waits."""
    return int(os.environ.get("LYKTA_WORKERS", "1"))


def import_batch() -> int:
    """Return how many rows of an import are written in each transaction."""
    return int(os.environ.get("LYKTA_IMPORT_BATCH", "2000"))
