"""How often one address may do what needs no account; the address itself is not kept."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

from lykta.infrastructure.errors import LyktaError

HOUSEHOLD_BITS = 64


class TooOften(LyktaError):
    """One address asks more often than people do."""

    code = "too-often"


def may(
    request: HttpRequest, what: str, *, said: str = "", is_counted: bool = True,
    is_reading: bool = False,
) -> bool:  # fmt: skip
    """Return whether one address may do this once more.

    what : a key of settings.ACCOUNT_RATE_LIMITS.
    is_reading : whether to be shown a page is what is counted, not only to send something.
    """
    about = f"{_network(get_adapter().get_client_ip(request))}|{said}"
    key = hmac.new(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256).hexdigest()
    usage = ratelimit.consume(
        request, app="allauth.account", action=what, key=key, dry_run=not is_counted,
        limit_get=is_reading,
    )  # fmt: skip
    return usage is not None


def _network(address: str) -> str:
    """Return what one household has: an address of IPv4, or all that begin as one of IPv6."""
    known = ip_address(address)
    if known.version == 4 or known.ipv4_mapped:
        return address
    return str(ip_network(f"{address}/{HOUSEHOLD_BITS}", strict=False))
