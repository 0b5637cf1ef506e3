"""What many tests begin with is read in once, and each of them begins from there.

A layer is a transaction that stays open between the tests: the made-up municipality (`places`), and
above it all that it has (`filled`) or the years of events that a room needs. A test asks for one by
the fixture of that name. The transaction of each test lies within its layers, and what it writes is
gone when it ends; a layer that a test does not ask for is taken away before it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Layer:
    """One that is there: its transaction, and the folder that what it has kept lies in."""

    name: str
    transaction: Any
    folder: Path


def _areas(read_in: Callable[..., Any]) -> None:
    from tests.domain.places.conftest import AREAS

    read_in("areas", "omraden.geojson", AREAS)


def _all(read_in: Callable[..., Any]) -> None:
    from tests.web import town

    town.fill(read_in)


def _papers(_read_in: Callable[..., Any]) -> None:
    from tests.web import town

    town.write()


def _weeks(read_in: Callable[..., Any]) -> None:
    from tests.domain.meetings import conftest

    conftest.fill(read_in)


def _week(_read_in: Callable[..., Any]) -> None:
    from tests.domain.meetings import conftest

    conftest.freeze()


def _years(read_in: Callable[..., Any]) -> None:
    from tests.domain.plans import conftest

    conftest.fill(read_in)


FILLED_BY: dict[str, Callable[..., Any]] = {
    "places": _areas, "filled": _all, "on_paper": _papers, "even_weeks": _weeks,
    "frozen_week": _week, "even_years": _years,
}  # fmt: skip
STANDS_ON = {
    "filled": "places", "on_paper": "filled", "even_weeks": "places", "frozen_week": "even_weeks",
    "even_years": "places",
}  # fmt: skip


class Layers:
    """Those that are there now, the lowest first."""

    def __init__(self) -> None:
        self.there: list[Layer] = []

    def stand_on(self, names: list[str]) -> None:
        """Take away what is not asked for, and lay what is lacking."""
        while [layer.name for layer in self.there] != names[: len(self.there)]:
            self._take_away()
        for name in names[len(self.there) :]:
            self._lay(name)

    def hand_out(self, folder: Path) -> None:
        """Give a test its own copy of what the layers have kept in files."""
        shutil.copytree(self.there[-1].folder, folder, dirs_exist_ok=True)

    def _lay(self, name: str) -> None:
        from django.db import connection, transaction
        from django.test import override_settings
        from tests.domain.places.conftest import reader, writer

        folder = Path(mkdtemp(prefix="lykta-layer-"))
        if self.there:
            self.hand_out(folder)
        atomic = transaction.atomic()
        atomic._from_testcase = True  # as Django marks those of its own test cases
        atomic.__enter__()
        connection.close = lambda: None  # Django's test cases close it, and the layers with it
        self.there.append(Layer(name, atomic, folder))
        with override_settings(LYKTA_DIR=folder):
            FILLED_BY[name](reader(writer(folder)))

    def _take_away(self) -> None:
        from django.db import connection, transaction

        layer = self.there.pop()
        transaction.set_rollback(True)
        layer.transaction.__exit__(None, None, None)
        shutil.rmtree(layer.folder)
        if not self.there:
            del connection.close  # the method of its class shows again


def wanted(names: list[str]) -> list[str]:
    """Return the layers that a test with such fixtures stands on, the lowest first."""
    if "places" not in names:
        return []
    stacks = sorted((_down_from(name) for name in FILLED_BY if name in names), key=len)
    highest = stacks[-1]
    if not all(stack == highest[: len(stack)] for stack in stacks):
        raise ValueError(f"a test cannot stand on all of {names}")
    return highest


def _down_from(name: str) -> list[str]:
    return [*(_down_from(STANDS_ON[name]) if name in STANDS_ON else []), name]


@contextmanager
def laid(blocker: Any) -> Iterator[Layers]:
    """Yield the layers of this process; they are gone afterwards."""
    layers = Layers()
    yield layers
    with blocker.unblock():
        layers.stand_on([])


def by_layer(items: list[pytest.Item]) -> None:
    """Let tests on the same layers follow each other, those on the most of them first."""
    items.sort(key=lambda item: wanted(getattr(item, "fixturenames", [])), reverse=True)
