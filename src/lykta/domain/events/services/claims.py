"""Codes by which a resident without an account follows a report; only their digest is kept."""

import secrets
from datetime import datetime

from lykta.domain.events.models import Claim, Report

# Without what is read or heard as something else: 0 O, 1 I L, U V.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_GROUPS, _GROUP = 3, 4  # 58 bits


def claim(report: Report, *, now: datetime) -> str:
    """Return a new code for a report, shown once; an earlier one no longer holds."""
    code = "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )
    Claim.objects.update_or_create(
        report=report, defaults={"digest": Claim.digest_of(code), "made_at": now}
    )
    return code
