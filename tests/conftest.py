"""What holds for every test: none reaches the network, and where it is said so, none is skipped."""

import os
import shutil
import socket
from collections.abc import Generator, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import django
import pytest
from tests import drills, installation, once
from tests.layers import Layers, by_layer, laid, wanted

# Before anything asks for the settings, which are read from this folder.
FOLDER = installation.prepare()
django.setup()
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")

MAY_SKIP = os.environ.get("LYKTA_NO_SKIPS", "") in ("", "0")
HERE = ("127.0.0.1", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Share a folder with the processes that are started for the tests, and let none reach out."""
    once.share()
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            raise PermissionError(f"a test tried to reach {address[0]}; tests use no network")
        connect(self, address)

    config.stash[_CONNECT] = connect
    socket.socket.connect = connect_here  # type: ignore[method-assign]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the sockets back, and leave no folder and no database."""
    socket.socket.connect = config.stash[_CONNECT]  # type: ignore[method-assign]
    shutil.rmtree(FOLDER, ignore_errors=True)
    if not hasattr(config, "workerinput"):  # the last of them to end
        drills.throw_away()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests that need a database be run alone, on another one."""
    parser.addoption("--database-only", action="store_true", help="only what uses a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what uses no database, where only the others are asked for."""
    by_layer(items)
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = kept


@pytest.fixture(scope="session")
def layers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Layers]:
    """Yield what tests with the same beginning share."""
    with laid(django_db_blocker) as layers:
        yield layers


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> None:
    """Lay what a test stands on, before the transaction of the test itself begins."""
    if fixturedef.argname == "_django_db_helper":
        layers = request.getfixturevalue("layers")
        with request.getfixturevalue("django_db_blocker").unblock():
            layers.stand_on(wanted(request.fixturenames))


def _uses_database(item: pytest.Item) -> bool:
    if item.config.getoption("--database-only") and item.get_closest_marker("once"):
        return False
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & {"db", "transactional_db"} or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Hash passwords in no time; that they are hashed well is said by the settings' own test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _forgotten(request: pytest.FixtureRequest) -> None:
    """Forget what is kept by what has been read in: a test's rows go, and the numbers come back."""
    if _uses_database(request.node):
        for kept in _kept():
            kept.cache_clear()


@cache
def _kept() -> tuple[Any, ...]:
    rooms = (
        "lykta.domain.partners.selectors.reach",
        "lykta.domain.places.selectors.areas",
        "lykta.domain.places.selectors.register",
        "lykta.domain.events.selectors.choices",
        "lykta.domain.events.selectors.reports",
        "lykta.domain.events.selectors.situation",
        "lykta.domain.indicators.selectors.dashboards",
    )
    found = [value for room in rooms for value in vars(import_module(room)).values()]
    return tuple(value for value in found if hasattr(value, "cache_clear"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skipped test as a failure where none may be skipped."""
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Count a skipped file as a failure where none may be skipped."""
    return _unskipped((yield))


def _unskipped(report: Any) -> Any:
    if report.skipped and not MAY_SKIP and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"LYKTA_NO_SKIPS is set, and this was skipped. {reason}"
    return report


_CONNECT = pytest.StashKey[Any]()
