"""How often something may be asked for from one address; the address itself is not kept."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit  # the open one lets every GET through
from django.conf import settings
from django.http import HttpRequest

from lykta.infrastructure.errors import LyktaError

HOUSEHOLD_BITS = 64


class TooOften(LyktaError):
    """One address asks more often than people do."""

    code = "too-often"


def may(
    request: HttpRequest, what: str, *, said: str = "", is_counted: bool = True,
    limit_get: bool = False,
) -> bool:  # fmt: skip
    """Return whether one address may do this once more; settings.ACCOUNT_RATE_LIMITS says it."""
    about = f"{_network(get_adapter().get_client_ip(request))}|{said}"
    key = hmac.new(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256).hexdigest()
    used = ratelimit.consume(
        request,
        app="allauth.account",
        action=what,
        key=key,
        dry_run=not is_counted,
        limit_get=limit_get,
    )
    return used is not None


def _network(address: str) -> str:
    """Return what one household has: an address of IPv4, or all that begin as one of IPv6."""
    known = ip_address(address)
    if known.version == 4 or known.ipv4_mapped:
        return address
    return str(ip_network(f"{address}/{HOUSEHOLD_BITS}", strict=False))
