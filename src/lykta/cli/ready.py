"""An installation made ready for a command: where it is, and Django set up on it."""

import copy
import os
import secrets
from functools import wraps
from pathlib import Path
from typing import Any

import click


def folder() -> Path:
    """Return the installation's folder, as the settings will find it; they cannot be asked yet."""
    return Path(os.environ.get("LYKTA_DIR", "lykta-data")).resolve()


def ready() -> None:
    """Set Django up on the installation, or raise with what it lacks."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lykta.project.settings")
    django.setup()


def on_installation(command: click.Command) -> click.Command:
    """Return a room's command that sets Django up before it begins."""
    work = command.callback
    assert work is not None  # noqa: S101 - click makes no command without one

    @wraps(work)
    def begin(*args: Any, **kwargs: Any) -> Any:
        ready()
        return work(*args, **kwargs)

    made = copy.copy(command)
    made.callback = begin
    return made


def make_key(home: Path) -> None:
    """Make the key that sessions and links are signed with, unless it is there."""
    file = home / "secret-key"
    if not file.exists() and not os.environ.get("LYKTA_SECRET_KEY"):
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
