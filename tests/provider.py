"""A provider of logins to try against: a real server of OpenID Connect on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from oidc_provider_mock import run_server_in_thread

GROUPS = "groups"  # the claim that tells of them
NAME = "Exempelbys inloggning"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that runs."""

    address: str

    def knows(self, sub: str, **claims: object) -> None:
        """Let someone be known there, with what is told of her."""
        requests.put(f"{self.address}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def lets_in(self, sub: str, asked: str) -> str:
        """Return where the browser is sent when someone has logged in as it was asked for."""
        answer = requests.post(asked, data={"sub": sub}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider that answers only what has a nonce."""
    with run_server_in_thread(require_nonce=True) as server:
        yield Provider(f"http://localhost:{server.server_port}")


def sign_on_settings(there: Provider) -> dict[str, str]:
    """Return the environment of a lykta whose municipality has this provider."""
    return {
        "LYKTA_OIDC_ISSUER": there.address,
        "LYKTA_OIDC_CLIENT_ID": "lykta",
        "LYKTA_OIDC_CLIENT_SECRET": "only-for-tests",
        "LYKTA_OIDC_NAME": NAME,
        "LYKTA_OIDC_GROUPS": GROUPS,
    }
