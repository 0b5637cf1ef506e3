"""How gunicorn starts: all code is loaded, and compiled, before the first reader asks."""

import gc
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

worker_class = "lykta.project.server.Worker"
# Loaded once and shared by the processes: they start at once, and hold less memory each.
preload_app = True
# Loaded where they are first used; for the first reader that would be a second or two.
_HEAVY = ("duckdb", "pyproj", "lykta.project.urls")


class Worker(ThreadWorker):
    """Takes no more than it has threads for: who comes then is taken by the first that is free."""

    def enqueue_req(self, conn: Any) -> None:
        """Hand a request to a thread, and close the door behind the last."""
        super().enqueue_req(conn)
        self.set_accept_enabled(enabled=True)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as it is called
        """Open the door unless every thread is at work; connections that rest take none."""
        n_at_work = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
        super().set_accept_enabled(enabled and self.alive and n_at_work < self.cfg.threads)


def on_starting(_server: Any) -> None:
    """Load what the pages need."""
    from django.db import connections
    from django.template.loader import get_template

    from lykta.analysis.warming import warm

    for name in _HEAVY:
        import_module(name)
    warm()
    folder = Path(import_module("lykta.web").__file__ or "").parent / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))
    # Nothing that is open may be shared by the processes: what a thread has opened ends with it.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_make_pages).result()
    connections.close_all()
    # What all of them hold is no garbage.
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand objects and few circles: looking for those at each thousand
    # costs a tenth of the time.
    gc.set_threshold(50_000, 50, 100)


def _make_pages() -> None:
    """Make the pages that the day begins with, and close what they have opened."""
    from django.db import connections

    from lykta.infrastructure.columns import selectors as columns
    from lykta.web import warming

    warming.warm()
    columns._held.cache_clear()  # databases in memory: copies of a process may not share one
    connections.close_all()


def worker_exit(_server: Any, _worker: Any) -> None:
    """Let go of what was kept out of the way, so that the libraries can end in order."""
    gc.unfreeze()


def on_exit(_server: Any) -> None:
    """Do the same in the process that started the others."""
    gc.unfreeze()
