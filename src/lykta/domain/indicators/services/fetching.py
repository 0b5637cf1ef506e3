"""Asking the sources that are switched on, keeping every raw answer, and reading it in."""

import io
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from lykta.domain.indicators.services.reading_in import CHANGE, KIND
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM, Reach, require
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import doors
from lykta.infrastructure.imports.models import Fetch, Run, State
from lykta.infrastructure.installation import FetchedSource
from lykta.sources.fetching import Attempt, Line, Payload
from lykta.sources.kolada import live as kolada
from lykta.sources.police import live as police
from lykta.sources.statistics_sweden import live as statistics_sweden

_LOG = logging.getLogger(__name__)
_LIVE: dict[str, Callable[..., Iterator[Payload]]] = {
    "kolada": kolada.payloads,
    "scb": statistics_sweden.payloads,
    "polisen": police.payloads,
}
# What the answers are read in as. Where no room reads such files, they are kept until one does.
_KINDS = {"kolada": KIND, "scb": KIND, "polisen": "events"}
_REMEMBERED = 2000  # calls to a source; more than any of them allows in a day


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking one source."""

    source: str
    n_answers: int = 0  # raw answers with values
    n_added: int = 0
    n_changed: int = 0
    n_rejected: int = 0
    note: str = ""
    error: str = ""


def line() -> Line:
    """Return the line to the outside: what was asked before is read from the log of fetches."""
    return Line(municipality=settings.INSTALLATION.name, past=_past, note=_keep, now=timezone.now)


def sources(key: str = "") -> list[FetchedSource]:
    """Return the sources that are switched on, or the one of a key."""
    return [each for each in settings.INSTALLATION.sources if key in ("", each.key)]


def fetch(reach: Reach, key: str = "", *, line: Line) -> list[Fetched]:
    """Return what came of asking what is switched on; a source that fails stops no other."""
    require(reach, CHANGE)
    found = []
    for source in sources(key):
        try:
            found.append(_fetch_one(source, line))
        except LyktaError as error:
            _LOG.warning("%s: %s", source.key, error)
            found.append(Fetched(source.key, error=str(error)))
    return found


def _fetch_one(source: FetchedSource, line: Line) -> Fetched:
    answers = _LIVE[source.key](
        source.asked, line=line, municipality=settings.INSTALLATION.code, year=line.now().year
    )
    # All answers first: half of a series is not read in.
    payloads = list(answers)
    kind = _KINDS[source.key]
    done = Fetched(source.key, n_answers=len(payloads))
    if kind not in settings.IMPORTERS:
        note = f"svaret är sparat; filer av slaget {kind} läses inte in här än."
        _LOG.info("%s: %s", source.key, note)
        return replace(done, note=note)
    options = _options(source)
    for run in _read_in(source, kind, payloads, options):
        done = replace(
            done,
            n_added=done.n_added + run.n_added,
            n_changed=done.n_changed + run.n_changed,
            n_rejected=done.n_rejected + run.n_rejected,
        )
    return done


def _read_in(
    source: FetchedSource, kind: str, payloads: Sequence[Payload], options: dict[str, Any]
) -> Iterator[Run]:
    """Yield a run for each answer that has not been read in before in the same way."""
    for number, payload in enumerate(payloads, start=1):
        if _is_read_in(kind, payload, options):
            continue
        day = timezone.localdate(payload.retrieved_at)
        said = options | ({"retrieved": str(day)} if kind == KIND else {})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{source.key}-{day}-{number}.json"
            path.write_bytes(payload.content)
            yield doors.read_in(SYSTEM, kind, path, today=day, **said)


def _options(source: FetchedSource) -> dict[str, Any]:
    if source.key == "kolada":
        return {"titles": dict(source.asked["titles"]), "definitions": _definitions(source)}
    if source.key == "scb":
        said = {"dataset": source.asked["title"], "theme": source.asked.get("theme", "")}
        return {name: value for name, value in said.items() if value}
    return {}


def _definitions(source: FetchedSource) -> dict[str, str]:
    """Return what the key figures are said to be, from the latest answers that describe them."""
    wanted = [f"beskrivning {kpi}" for kpi in source.asked["titles"]]
    rows = Fetch.objects.filter(source=source.key, what__in=wanted).exclude(sha256="")
    latest = {row.what: row.sha256 for row in rows.order_by("id")}
    return kolada.definitions([storage.path_of(each).read_bytes() for each in latest.values()])


def _is_read_in(kind: str, payload: Payload, options: dict[str, Any]) -> bool:
    runs = Run.objects.filter(kind=kind, sha256=payload.sha256, state=State.DONE)
    return any(options.items() <= run.options.items() for run in runs)


def _past(source: str) -> list[datetime]:
    rows = Fetch.objects.filter(source=source).order_by("-fetched_at")
    return list(rows.values_list("fetched_at", flat=True)[:_REMEMBERED])


def _keep(attempt: Attempt) -> None:
    """Log one call, with its answer stored raw; the same content is stored once."""
    answer, row = (
        attempt.payload,
        Fetch(
            source=attempt.source,
            what=attempt.what,
            url=attempt.url[:2000],
            fetched_at=attempt.at,
            http_status=attempt.http_status,
            error=attempt.error,
        ),
    )
    if answer is not None:
        row.sha256 = storage.put(io.BytesIO(answer.content))
        row.n_bytes = len(answer.content)
        row.licence, row.attribution = answer.licence, answer.attribution
        row.revision = _revision(attempt, row.sha256)
    row.save()


def _revision(attempt: Attempt, sha256: str) -> int:
    """Return which revision of its thing an answer is: a new one where the content has changed."""
    answered = Fetch.objects.filter(source=attempt.source, what=attempt.what).exclude(sha256="")
    before = answered.order_by("-id").first()
    if before is None:
        return 1
    return before.revision if before.sha256 == sha256 else before.revision + 1
