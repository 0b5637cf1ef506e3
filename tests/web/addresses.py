"""Every address of the house, found by walking the resolver, with values that fit it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# What stands in the places of an address, by its name.
VALUES = {
    "code": "9999-ASA",
    "pk": "1",
    "name": "omraden.csv",
    "uidb64": "MQ",
    "token": "set-password",
    "path": "finns-inte",
    "indicator": "egen:trygghet",
    "form": "csv",
    "key": "00000000-0000-4000-8000-000000000001",
    "decision": "godta",
    "week": "2026-47",
    "month": "2026-10",
    "number": "1",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address, and the name that the code calls it by."""

    name: str
    path: str
    route: str  # with the names of what is filled in


def addresses() -> list[Address]:
    """Return every address, in the order of the resolver."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            named = re.sub(r"<\w+:", "<", route)
            yield Address(namespace + (pattern.name or ""), f"/{_filled(route)}", f"/{named}")


def _filled(route: str) -> str:
    parts = []
    for part in route.split("/"):
        inside = part.strip("<>")
        name = inside.split(":")[-1]
        name, _bracket, ending = name.partition(">")
        parts.append(VALUES[name] + ending if part.startswith("<") else part)
    return "/".join(parts)
