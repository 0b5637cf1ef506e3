"""What is kept of a week and its meeting: plain values, found again by their SHA-256."""

import io
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from lykta import __version__
from lykta.infrastructure import storage


def stamp(now: datetime) -> dict[str, str]:
    """Return whose it is, when it was made and by which program."""
    town = settings.INSTALLATION
    return {
        "place": town.short_name,
        "organisation": town.name,
        "marking": town.marking,
        "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "version": __version__,
    }


def keep(values: dict[str, Any]) -> str:
    """Store values and return their SHA-256."""
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return storage.put(io.BytesIO(text.encode("utf-8")))
