"""What holds for every test: none reaches the network, and where it is said so, none is skipped."""

import os
import socket
from collections.abc import Generator
from typing import Any

import pytest

MAY_SKIP = os.environ.get("LYKTA_NO_SKIPS", "") in ("", "0")
HERE = ("127.0.0.1", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Let sockets reach this machine only."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            raise PermissionError(f"a test tried to reach {address[0]}; tests use no network")
        connect(self, address)

    config.stash[_CONNECT] = connect
    socket.socket.connect = connect_here  # type: ignore[method-assign]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the sockets back."""
    socket.socket.connect = config.stash[_CONNECT]  # type: ignore[method-assign]


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
